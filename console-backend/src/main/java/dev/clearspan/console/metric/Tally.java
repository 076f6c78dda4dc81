package dev.clearspan.console.metric;

/** Calls, errors, retries and their latency, being added up. Not thread-safe. */
final class Tally {
  private long calls;
  private long errors;
  private long retries;
  // Only the touched range of buckets is held: a series uses about ten of the 42.
  private int firstBucket;
  private long[] counts = new long[0];

  /** Adds calls; all of them failed, or none. */
  void add(LatencyHistogram durations, boolean failed, boolean retry) {
    long count = durations.count();
    addBuckets(durations.counts(), 0);
    calls += count;
    errors += failed ? count : 0;
    retries += retry ? count : 0;
  }

  void add(Tally other) {
    calls += other.calls;
    errors += other.errors;
    retries += other.retries;
    addBuckets(other.counts, other.firstBucket);
  }

  long calls() {
    return calls;
  }

  long errors() {
    return errors;
  }

  long retries() {
    return retries;
  }

  LatencyHistogram latency() {
    long[] all = new long[LatencyHistogram.BUCKETS];
    System.arraycopy(counts, 0, all, firstBucket, counts.length);
    return LatencyHistogram.of(all);
  }

  private void addBuckets(long[] added, int offset) {
    int from = 0;
    int to = added.length;
    while (from < to && added[from] == 0) {
      from++;
    }
    while (to > from && added[to - 1] == 0) {
      to--;
    }
    if (from == to) {
      return;
    }
    cover(from + offset, to + offset);
    for (int i = from; i < to; i++) {
      counts[i + offset - firstBucket] += added[i];
    }
  }

  private void cover(int from, int to) {
    if (counts.length == 0) {
      firstBucket = from;
      counts = new long[to - from];
      return;
    }
    int newFirst = Math.min(from, firstBucket);
    int newEnd = Math.max(to, firstBucket + counts.length);
    if (newEnd - newFirst > counts.length) {
      long[] wider = new long[newEnd - newFirst];
      System.arraycopy(counts, 0, wider, firstBucket - newFirst, counts.length);
      firstBucket = newFirst;
      counts = wider;
    }
  }
}
