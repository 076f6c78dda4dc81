package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.stream.InOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the caller of a stream hears: one thing at a time, in order, whichever threads bring it.
 * What its code throws is told once to {@code onBroken}. Thread-safe.
 */
final class Incoming<R> {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  private final String method;
  private final StreamReceiver<R> receiver;
  private final @Nullable ReplyMetadata replyMetadata;
  private final Consumer<Throwable> onBroken;
  private final InOrder news = new InOrder();

  Incoming(
      String method,
      StreamReceiver<R> receiver,
      @Nullable ReplyMetadata replyMetadata,
      Consumer<Throwable> onBroken) {
    this.method = method;
    this.receiver = receiver;
    this.replyMetadata = replyMetadata;
    this.onBroken = onBroken;
  }

  void headers(Metadata headers) {
    tell(
        () -> {
          if (replyMetadata != null) {
            replyMetadata.headers(headers);
          }
          receiver.headers(headers);
        });
  }

  void message(R message) {
    tell(() -> receiver.message(message));
  }

  void ready() {
    tell(receiver::ready);
  }

  /** The call ended with OK. */
  void succeeded(Metadata trailers) {
    tell(
        () -> {
          tellTrailers(trailers);
          receiver.finished();
        });
    tell(() -> receiver.ended(null, trailers));
  }

  void failed(RpcException failure, Metadata trailers) {
    tell(
        () -> {
          tellTrailers(trailers);
          receiver.ended(failure, trailers);
        });
  }

  private void tellTrailers(Metadata trailers) {
    if (replyMetadata != null) {
      replyMetadata.trailers(trailers);
    }
  }

  private void tell(Runnable what) {
    news.run(
        () -> {
          try {
            what.run();
          } catch (RuntimeException | AssertionError e) {
            LOG.error("receiver of {} failed", method, e);
            onBroken.accept(e);
          }
        });
  }
}
