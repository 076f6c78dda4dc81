package dev.clearspan.console.intake;

/** Where accepted spans and log records go. Thread-safe: called by every request thread. */
public interface SpanSink {
  /**
   * Takes the batch, or returns false at once when there is no room: the exporter is asked to come
   * back later.
   */
  boolean offer(Batch batch);

  /** Batches taken but not yet stored. */
  int depth();

  /** Spans that were taken and then lost, because storing them failed. */
  long lost();

  /** Of those, the mean of the last ten seconds. */
  double lostPerSecond();

  /** Log records that were taken and then lost, because storing them failed. */
  long lostLogs();
}
