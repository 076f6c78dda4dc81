package dev.clearspan.tracing.internal.record;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;

/**
 * The small fields of a record in one long: status code, what kind of span it is, kind and number
 * of the attempt, its outcome, flags.
 */
public final class Shape {
  /** Set when the writer asked for it to be kept; else it may be claimed later. */
  public static final int WANTED = 1;

  /** The server's reply said that it keeps its part. */
  public static final int KEPT_BY_SERVER = 1 << 1;

  /** The request said that the trace is kept. */
  public static final int SENT_WITH_KEEP = 1 << 2;

  /** No handler ran since the server has no such method. */
  public static final int UNKNOWN_METHOD = 1 << 3;

  /** W3C's flag of a random trace id. */
  public static final int RANDOM = 1 << 4;

  /** Chosen at the root of its trace. */
  public static final int HEAD = 1 << 5;

  private static final Status.Code[] CODES = Status.Code.values();
  private static final AttemptKind[] ATTEMPT_KINDS = AttemptKind.values();
  private static final Part[] PARTS = Part.values();
  private static final int BYTE = 0xFF;
  private static final int KIND_SHIFT = 8;
  private static final int ATTEMPT_KIND_SHIFT = 16;
  private static final int OUTCOME_SHIFT = 24;
  private static final int FLAGS_SHIFT = 32;
  private static final int NUMBER_SHIFT = 48;

  /** Which part of a call a span is. */
  public enum Part {
    SERVED,
    /** A client call with one attempt or none: both in one span. */
    CALL,
    /** A client call with several attempts. */
    LOGICAL,
    ATTEMPT
  }

  private Shape() {}

  /** What all spans of a kind have in common; worked out once. */
  public static long base(Part part, AttemptKind kind) {
    return part.ordinal() << KIND_SHIFT | kind.ordinal() << ATTEMPT_KIND_SHIFT;
  }

  /**
   * Packs.
   *
   * @param number of an attempt: which one; of a call: how many
   */
  public static long of(long base, Status.Code code, Outcome outcome, int flags, int number) {
    return base
        | code.ordinal()
        | (long) outcome.ordinal() << OUTCOME_SHIFT
        | (long) flags << FLAGS_SHIFT
        | (long) Math.min(number, Short.MAX_VALUE) << NUMBER_SHIFT;
  }

  static Status.Code code(long shape) {
    return CODES[(int) shape & BYTE];
  }

  static Part part(long shape) {
    return PARTS[(int) shape >>> KIND_SHIFT & BYTE];
  }

  static AttemptKind attemptKind(long shape) {
    return ATTEMPT_KINDS[(int) shape >>> ATTEMPT_KIND_SHIFT & BYTE];
  }

  static Outcome outcome(long shape) {
    return Outcome.at((int) (shape >>> OUTCOME_SHIFT) & BYTE);
  }

  static boolean has(long shape, int flag) {
    return (shape >>> FLAGS_SHIFT & flag) != 0;
  }

  static int number(long shape) {
    return (int) (shape >>> NUMBER_SHIFT);
  }
}
