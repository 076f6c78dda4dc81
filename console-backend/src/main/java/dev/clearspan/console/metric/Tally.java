package dev.clearspan.console.metric;

import dev.clearspan.rpc.Status;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls, how they ended and their latency, being added up. Not thread-safe. */
public final class Tally {
  private static final Status.Code[] CODES = Status.Code.values();
  private static final long[] NONE = new long[0];

  private long calls;
  private long errors;
  private long retries;
  // Only the touched range of buckets is held: a series uses about ten of the 42.
  private int firstBucket;
  private long[] counts = NONE;
  private long @Nullable [] errorsByCode;

  /** So many of nothing yet. */
  public static Tally[] empty(int count) {
    Tally[] tallies = new Tally[count];
    Arrays.setAll(tallies, i -> new Tally());
    return tallies;
  }

  /** Adds calls that all ended alike. */
  void add(LatencyHistogram durations, Ending ending) {
    long count = durations.count();
    addBuckets(durations.counts(), 0);
    calls += count;
    errors += ending.failed() ? count : 0;
    retries += ending.retry() ? count : 0;
    if (ending.failed()) {
      addErrors(ending.code(), count);
    }
  }

  public void add(Tally other) {
    calls += other.calls;
    errors += other.errors;
    retries += other.retries;
    addBuckets(other.counts, other.firstBucket);
    other.errorsByCode().forEach(this::addErrors);
  }

  public long calls() {
    return calls;
  }

  public long errors() {
    return errors;
  }

  public long retries() {
    return retries;
  }

  /** The errors, by their code. */
  public Map<Status.Code, Long> errorsByCode() {
    Map<Status.Code, Long> found = new EnumMap<>(Status.Code.class);
    for (int i = 0; errorsByCode != null && i < CODES.length; i++) {
      if (errorsByCode[i] > 0) {
        found.put(CODES[i], errorsByCode[i]);
      }
    }
    return found;
  }

  public LatencyHistogram latency() {
    long[] all = new long[LatencyHistogram.BUCKETS];
    System.arraycopy(counts, 0, all, firstBucket, counts.length);
    return LatencyHistogram.of(all);
  }

  private void addErrors(Status.Code code, long count) {
    if (errorsByCode == null) {
      errorsByCode = new long[CODES.length];
    }
    errorsByCode[code.ordinal()] += count;
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
