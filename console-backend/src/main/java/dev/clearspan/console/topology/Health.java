package dev.clearspan.console.topology;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How well something does, from best to worst after {@link #UNKNOWN}. */
public enum Health {
  /** Nothing was measured, and nothing is known to be wrong. */
  UNKNOWN,
  OK,
  WARN,
  BAD;

  static final double WARN_ERROR_SHARE = 0.01;
  static final double BAD_ERROR_SHARE = 0.10;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Health or(Health other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** By errors alone: from 1% of calls {@link #WARN}, from 10% {@link #BAD}. */
  static Health of(Sum calls) {
    if (calls.calls() == 0) {
      return UNKNOWN;
    }
    double errorShare = calls.errorShare();
    if (errorShare >= BAD_ERROR_SHARE) {
      return BAD;
    }
    return errorShare >= WARN_ERROR_SHARE ? WARN : OK;
  }
}
