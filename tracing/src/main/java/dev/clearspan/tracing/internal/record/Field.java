package dev.clearspan.tracing.internal.record;

/** The fields of a record, each a long. */
public enum Field {
  /** Its position plus one, when it is complete. */
  SEQUENCE,
  TRACE_HIGH,
  TRACE_LOW,
  SPAN,
  PARENT,
  /** On the monotonic clock. */
  START,
  DURATION,
  /** Number of the method above, of the peer below. */
  METHOD_AND_PEER,
  /** See {@link Shape}. */
  SHAPE,
  /** What the server says it took; on a server unused. */
  SERVER_NANOS,
  /** Time in the server's queue. */
  QUEUE_NANOS,
  /** Payload of the request above, of the response below. */
  BYTES,
  /** Index entry of the record before it in its bucket. */
  PREVIOUS,
  /** Number of the error's type above, of the calling service below. */
  ERROR_AND_CALLER,
  /** Place of its detail in the slab plus one; 0: none. */
  DETAIL,
  /** Client calls that had ended under a served call above, number of the series below. */
  CHILDREN_AND_SERIES;

  private final int word = ordinal();

  int word() {
    return word;
  }

  /** Two numbers in one field. */
  public static long pair(int above, int below) {
    return (long) above << Integer.SIZE | below & 0xFFFF_FFFFL;
  }
}
