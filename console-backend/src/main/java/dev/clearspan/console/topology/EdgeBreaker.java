package dev.clearspan.console.topology;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.BreakerStatus;
import java.util.Locale;

/** The breakers of an edge in one word: what is forced wins, then the worst. */
public enum EdgeBreaker {
  CLOSED,
  HALF_OPEN,
  OPEN,
  DISABLED,
  FORCED_CLOSED,
  FORCED_OPEN;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  EdgeBreaker or(EdgeBreaker other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** What one breaker amounts to. */
  static EdgeBreaker of(BreakerStatus breaker) {
    if (breaker.getForced() != BreakerState.BREAKER_STATE_UNSPECIFIED) {
      return forced(breaker.getForced());
    }
    return switch (breaker.getComputed()) {
      case OPEN -> OPEN;
      case HALF_OPEN -> HALF_OPEN;
      case DISABLED -> DISABLED;
      default -> CLOSED;
    };
  }

  static EdgeBreaker forced(BreakerState state) {
    return switch (state) {
      case OPEN -> FORCED_OPEN;
      case CLOSED -> FORCED_CLOSED;
      case HALF_OPEN -> HALF_OPEN;
      case DISABLED -> DISABLED;
      default -> CLOSED;
    };
  }

  Health health() {
    return this == CLOSED ? Health.UNKNOWN : Health.WARN;
  }
}
