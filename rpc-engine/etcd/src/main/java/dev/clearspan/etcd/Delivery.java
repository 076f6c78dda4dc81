package dev.clearspan.etcd;

import dev.clearspan.rpc.discovery.Subscription;
import java.util.function.Consumer;

/** One listener that may be closed at any time. Calls come from the loop only. */
final class Delivery<T> implements Subscription {
  private final Consumer<T> listener;
  private final Consumer<Delivery<T>> onClose;
  private volatile boolean closed;

  Delivery(Consumer<T> listener, Consumer<Delivery<T>> onClose) {
    this.listener = listener;
    this.onClose = onClose;
  }

  void deliver(T news) {
    if (!closed) {
      listener.accept(news);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.accept(this);
    }
  }
}
