package dev.clearspan.rpc;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times as people write them: "64KiB", "5s". */
final class LimitText {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");
  private static final Map<String, Long> SIZES =
      Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Map<String, Long> TIMES =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  private LimitText() {}

  static String bytes(long value) {
    return inLargest(value, SIZES, "");
  }

  /** Milliseconds in the largest unit that needs no fraction. */
  static String time(long millis) {
    return inLargest(millis, TIMES, "ms");
  }

  static long readBytes(String text) {
    return read(text, SIZES);
  }

  static long readCount(String text) {
    return read(text, Map.of("", 1L));
  }

  static long readTime(String text) {
    return read(text, TIMES);
  }

  private static String inLargest(long value, Map<String, Long> units, String smallest) {
    long largest = 1;
    String name = smallest;
    for (Map.Entry<String, Long> unit : units.entrySet()) {
      long size = unit.getValue();
      if (size > largest && value >= size && value % size == 0) {
        largest = size;
        name = unit.getKey();
      }
    }
    return value / largest + name;
  }

  private static long read(String text, Map<String, Long> units) {
    Matcher form = FORM.matcher(text);
    Long size = form.matches() ? units.get(form.group(2)) : null;
    if (size == null) {
      throw new IllegalArgumentException(
          "unit of " + text + " (expected: one of " + new TreeMap<>(units).keySet() + ")");
    }
    return Math.multiplyExact(Long.parseLong(form.group(1)), size.longValue());
  }
}
