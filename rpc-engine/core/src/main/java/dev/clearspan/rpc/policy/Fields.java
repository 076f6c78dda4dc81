package dev.clearspan.rpc.policy;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads fields of a valid document: what is not set is the default. */
final class Fields {
  private Fields() {}

  static Duration duration(com.google.protobuf.Duration value) {
    return Duration.ofSeconds(value.getSeconds(), value.getNanos());
  }

  static Duration duration(boolean set, com.google.protobuf.Duration value, Duration fallback) {
    return set ? duration(value) : fallback;
  }

  /** Seconds since the epoch. */
  static double seconds(Timestamp moment) {
    return moment.getSeconds() + moment.getNanos() / 1e9;
  }

  /** Zero is protobuf's "not set". */
  static int number(int set, int fallback) {
    return set == 0 ? fallback : set;
  }

  /** Zero is protobuf's "not set". */
  static double number(double set, double fallback) {
    return set == 0 ? fallback : set;
  }

  /** The end of a doubling that begins at {@code first}: never before its beginning. */
  static Duration end(Duration first, @Nullable Duration set, Duration fallback) {
    Duration end = set != null ? set : fallback;
    return end.compareTo(first) < 0 ? first : end;
  }
}
