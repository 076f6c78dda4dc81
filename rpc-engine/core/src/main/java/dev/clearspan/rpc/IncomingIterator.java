package dev.clearspan.rpc;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Goes through what arrives, looking one message ahead. */
final class IncomingIterator<T> implements Iterator<T> {
  private final Incoming<T> source;
  private @Nullable T ahead;
  private boolean over;

  IncomingIterator(Incoming<T> source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !over) {
      ahead = source.receive();
      over = ahead == null;
    }
    return !over;
  }

  @Override
  public T next() {
    T message = hasNext() ? ahead : null;
    if (message == null) {
      throw new NoSuchElementException("the peer has sent its last message");
    }
    ahead = null;
    return message;
  }
}
