package dev.clearspan.rpc.retry;

import dev.clearspan.rpc.Metadata;

/**
 * The mark on a failure that retrying has already tried to avoid: nobody further up tries again, so
 * that three layers with three attempts each don't make 27.
 *
 * <p>A client marks the exception of a call that it retried, or would have but for its budget. A
 * handler that lets this exception escape answers with its metadata, so the mark travels up with
 * the status, and every client above both obeys it and passes it on.
 */
public final class RetryMark {
  /** Metadata key; the value is the number of attempts that were made. */
  public static final String KEY = "clearspan-retried";

  private RetryMark() {}

  public static boolean isOn(Metadata metadata) {
    return !metadata.isEmpty() && metadata.first(KEY) != null;
  }

  /** The metadata with the mark, or unchanged if it has one or is full. */
  public static Metadata put(Metadata metadata, int attempts) {
    if (isOn(metadata) || metadata.entries().size() >= Metadata.MAX_ENTRIES) {
      return metadata;
    }
    return metadata.with(KEY, Integer.toString(attempts));
  }
}
