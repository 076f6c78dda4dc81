package dev.clearspan.console.preview;

/** Marks some of many calls, evenly: the calls of a step are counted, their order is not. */
final class Spread {
  private final long marked;
  private final long all;
  private long at;

  /** Marks {@code marked} of {@code all}. */
  Spread(long marked, long all) {
    this.marked = marked;
    this.all = all;
  }

  /** Whether the next call is marked. */
  boolean next() {
    at++;
    return all > 0 && at * marked / all > (at - 1) * marked / all;
  }
}
