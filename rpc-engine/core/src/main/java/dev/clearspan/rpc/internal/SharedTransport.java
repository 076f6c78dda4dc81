package dev.clearspan.rpc.internal;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The transport that the channels of this process share: made with the first channel, on daemon
 * threads, and never closed, because the next channel would only open it again.
 */
public final class SharedTransport {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static @Nullable ClientTransport instance; // guarded by LOCK

  private SharedTransport() {}

  /**
   * A transport of its own, to be closed by whoever asked for it: nobody else has its settings.
   *
   * @param tls null: plaintext
   * @throws IllegalArgumentException if files cannot be used
   */
  public static ClientTransport own(Limits limits, @Nullable Tls tls) {
    return new ProtocolTransport(limits, tls);
  }

  /**
   * The one instance.
   *
   * @throws IllegalArgumentException if a limit set from outside is malformed or out of range
   */
  public static ClientTransport get() {
    LOCK.lock();
    try {
      ClientTransport present = instance;
      if (present == null) {
        present = new ProtocolTransport(Limits.fromEnvironment(), null);
        instance = present;
      }
      return present;
    } finally {
      LOCK.unlock();
    }
  }
}
