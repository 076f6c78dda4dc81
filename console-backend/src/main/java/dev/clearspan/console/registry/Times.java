package dev.clearspan.console.registry;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments in registry values. */
public final class Times {
  private Times() {}

  public static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  /** The moment of a field that may be absent. */
  public static @Nullable Instant instantOrNull(boolean present, Timestamp timestamp) {
    return present ? instant(timestamp) : null;
  }

  public static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
