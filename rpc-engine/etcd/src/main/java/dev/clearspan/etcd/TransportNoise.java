package dev.clearspan.etcd;

import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Drops two messages that gRPC logs each time a connection with a watch on it is given up: jetcd's
 * watch wants to resume on an executor that ended with it, and data arrives for a closed stream.
 * Everything else these loggers say gets through.
 */
final class TransportNoise implements Filter {
  /** Held, because java.util.logging forgets loggers, and their filters, that nobody holds. */
  private static final Logger[] NOISY = {
    Logger.getLogger("io.grpc.internal.ClientCallImpl"),
    Logger.getLogger("io.grpc.internal.AbstractClientStream")
  };

  private TransportNoise() {}

  static void silence() {
    for (Logger logger : NOISY) {
      if (logger.getFilter() == null) {
        logger.setFilter(new TransportNoise());
      }
    }
  }

  @Override
  public boolean isLoggable(LogRecord entry) {
    return !(entry.getThrown() instanceof RejectedExecutionException)
        && !"Received data on closed stream".equals(entry.getMessage());
  }
}
