package dev.clearspan.rpc.breaker;

import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.ForcedBreakers;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's entries that concern one caller and have not expired, in their order: the first
 * that matches wins. Immutable.
 */
public final class ForcedStates {
  public static final ForcedStates NONE = new ForcedStates(List.of());

  private final List<Entry> entries;

  private ForcedStates(List<Entry> entries) {
    this.entries = entries;
  }

  /** The entries that hold for the caller at this moment. Entries without a state are skipped. */
  public static ForcedStates of(ForcedBreakers document, String caller, Instant now) {
    return new ForcedStates(
        document.getForcedList().stream()
            .filter(entry -> entry.getCaller().isEmpty() || entry.getCaller().equals(caller))
            .map(Entry::of)
            .filter(Objects::nonNull)
            .filter(entry -> entry.isInForce(now))
            .toList());
  }

  /** What is forced on calls of the method to the instance, or null. */
  public @Nullable ForcedState find(String method, String instance) {
    for (Entry entry : entries) {
      if (matches(entry.method, method) && matches(entry.instance, instance)) {
        return entry.state;
      }
    }
    return null;
  }

  /** When these entries change by themselves next; empty when they don't. */
  public Stream<Instant> expiries() {
    return entries.stream().map(entry -> entry.state.expiresAt()).filter(Objects::nonNull);
  }

  private static boolean matches(String pattern, String value) {
    return pattern.isEmpty() || pattern.equals(value);
  }

  private record Entry(String method, String instance, ForcedState state) {
    private static @Nullable Entry of(ForcedBreaker entry) {
      ForcedState.Kind kind = kind(entry.getState());
      if (kind == null) {
        return null;
      }
      Instant expiresAt =
          entry.hasExpiresAt()
              ? Instant.ofEpochSecond(
                  entry.getExpiresAt().getSeconds(), entry.getExpiresAt().getNanos())
              : null;
      return new Entry(
          entry.getMethod(),
          entry.getInstance(),
          new ForcedState(kind, entry.getReason(), entry.getAuthor(), expiresAt));
    }

    private boolean isInForce(Instant now) {
      return state.expiresAt() == null || now.isBefore(state.expiresAt());
    }

    private static ForcedState.@Nullable Kind kind(BreakerState state) {
      return switch (state) {
        case OPEN -> ForcedState.Kind.OPEN;
        case CLOSED -> ForcedState.Kind.CLOSED;
        case HALF_OPEN -> ForcedState.Kind.HALF_OPEN;
        case DISABLED -> ForcedState.Kind.DISABLED;
        case BREAKER_STATE_UNSPECIFIED, UNRECOGNIZED -> null;
      };
    }
  }
}
