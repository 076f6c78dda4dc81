package dev.clearspan.tracing.internal.record;

/**
 * The fields of a record, each a long: which of its words they are. Constants, not an enum: a word
 * of an enum's constant is read from memory each time it is used.
 */
public final class Field {
  /** Its position plus one, when it is complete. */
  static final int SEQUENCE = 0;

  public static final int TRACE_HIGH = 1;
  public static final int TRACE_LOW = 2;
  public static final int SPAN = 3;
  public static final int PARENT = 4;

  /** On the monotonic clock. */
  public static final int START = 5;

  public static final int DURATION = 6;

  /** Number of the method above, of the peer below. */
  public static final int METHOD_AND_PEER = 7;

  /** See {@link Shape}. */
  public static final int SHAPE = 8;

  /** What the server says it took; on a server unused. */
  public static final int SERVER_NANOS = 9;

  /** Time in the server's queue. */
  public static final int QUEUE_NANOS = 10;

  /** Payload of the request above, of the response below. */
  public static final int BYTES = 11;

  /** Number of the error's type above, of the calling service below. */
  public static final int ERROR_AND_CALLER = 12;

  /** Place of its detail in the slab plus one; 0: none. */
  public static final int DETAIL = 13;

  /** Client calls that had ended under a served call above, number of the series below. */
  public static final int CHILDREN_AND_SERIES = 14;

  private Field() {}

  /** Two numbers in one field. */
  public static long pair(int above, int below) {
    return (long) above << Integer.SIZE | below & 0xFFFF_FFFFL;
  }
}
