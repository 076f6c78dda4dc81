package dev.clearspan.console.trace;

/**
 * A stretch of time whose traces share three tables, which are dropped together.
 *
 * @param number grows with time
 * @param openedMillis when it began to take what arrives
 * @param fragments rows in it, of spans and of logs
 * @param traces traces that first appeared in it
 * @param bytes what its rows take, roughly
 */
record Slice(long number, long openedMillis, long fragments, long traces, long spans, long bytes) {
  private static final int ROW_BYTES = 96;
  private static final int TERM_BYTES = 24;

  Slice plus(Fragment fragment, boolean newTrace) {
    return new Slice(
        number,
        openedMillis,
        fragments + 1,
        traces + (newTrace ? 1 : 0),
        spans + fragment.spanCount(),
        bytes
            + fragment.packed().bytes().length
            + ROW_BYTES
            + (long) TERM_BYTES * fragment.terms().size());
  }

  Slice plus(LogFragment fragment) {
    return new Slice(
        number,
        openedMillis,
        fragments + 1,
        traces,
        spans,
        bytes + fragment.packed().bytes().length + ROW_BYTES);
  }

  /** Of its next fragment; grows with arrival. */
  long nextSequence() {
    return fragments + 1;
  }
}
