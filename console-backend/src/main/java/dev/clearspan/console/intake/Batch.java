package dev.clearspan.console.intake;

/** What one export request brought, already within the limits. */
public sealed interface Batch permits SpanBatch, LogBatch {
  /** Spans or log records. */
  int count();

  /** Size as protobuf. */
  long bytes();
}
