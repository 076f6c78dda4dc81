package dev.clearspan.tracing.internal.record;

import org.jspecify.annotations.Nullable;

/** What is decided at a span's end: keep it for a reason, leave it in the ring, or shed it. */
public final class Keep {
  /** It stays in the ring, until it is asked for or overwritten. */
  public static final Keep NO = new Keep(null, false);

  /** It would be kept, but there is too much. */
  public static final Keep SHED = new Keep(null, true);

  private static final Keep[] FOR = new Keep[KeepReason.values().length];

  static {
    for (KeepReason reason : KeepReason.values()) {
      FOR[reason.ordinal()] = new Keep(reason, false);
    }
  }

  private final @Nullable KeepReason reason;
  private final boolean shed;

  private Keep(@Nullable KeepReason reason, boolean shed) {
    this.reason = reason;
    this.shed = shed;
  }

  public static Keep because(KeepReason reason) {
    return FOR[reason.ordinal()];
  }

  /** Null: it is not kept. */
  public @Nullable KeepReason reason() {
    return reason;
  }

  public boolean isKept() {
    return reason != null;
  }

  public boolean isShed() {
    return shed;
  }
}
