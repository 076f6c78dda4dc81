package dev.clearspan.tracing.internal.span;

import java.util.concurrent.ThreadLocalRandom;

/** Random ids, never zero. */
final class SpanIds {
  private SpanIds() {}

  static long next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long id;
    do {
      id = random.nextLong();
    } while (id == 0);
    return id;
  }
}
