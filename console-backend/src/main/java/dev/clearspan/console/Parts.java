package dev.clearspan.console;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is open; closed in the opposite order, also when some of it fails to. */
final class Parts implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    synchronized (open) {
      open.push(part);
    }
    return part;
  }

  @Override
  public void close() {
    synchronized (open) {
      while (!open.isEmpty()) {
        close(open.pop());
      }
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      Logger log = LoggerFactory.getLogger(Parts.class);
      log.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
    }
  }
}
