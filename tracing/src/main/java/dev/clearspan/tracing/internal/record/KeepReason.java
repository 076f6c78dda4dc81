package dev.clearspan.tracing.internal.record;

import java.util.Locale;

/** Why a span is kept; the first that applies. */
public enum KeepReason {
  BREAKER_OPEN,
  ERROR,
  SLOW,
  HEDGE,
  RETRY,
  /** A breaker changed its state by it, or it met panic. */
  EVENT,
  /** An operator ordered it. */
  ORDER,
  /** Another part of its trace is kept. */
  TRACE,
  /** Chosen at the root of its trace. */
  HEAD;

  private static final KeepReason[] ALL = values();

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As the attribute says it. */
  public String word() {
    return word;
  }

  /** Whether this span alone made its trace worth keeping. */
  public boolean isTrigger() {
    return ordinal() < TRACE.ordinal();
  }

  static KeepReason at(int ordinal) {
    return ALL[ordinal];
  }
}
