package dev.clearspan.console.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression for durations in JSON, such as {@code "0.250s"}, within bounds: JSON schema
 * knows ranges of numbers only.
 */
final class SecondsPattern {
  private static final String DIGIT = "[0-9]";

  private final List<String> alternatives = new ArrayList<>();

  private SecondsPattern() {}

  /** Both bounds included; the upper one is whole seconds, the lower one at least 0. */
  static String between(double least, double most) {
    SecondsPattern pattern = new SecondsPattern();
    BigDecimal lower = new BigDecimal(String.valueOf(least)).stripTrailingZeros();
    int whole = lower.intValue();
    String rest = lower.scale() > 0 ? lower.toPlainString().split("\\.")[1] : "";
    int upper = (int) most;
    if (rest.isEmpty()) {
      pattern.whole(whole, upper - 1, "(\\.[0-9]+)?");
    } else {
      pattern.alternatives.add(whole + "\\.(" + atLeast(rest) + ")");
      pattern.whole(whole + 1, upper - 1, "(\\.[0-9]+)?");
    }
    pattern.alternatives.add(upper + "(\\.0+)?");
    return "^(" + String.join("|", pattern.alternatives) + ")s$";
  }

  /** Digits after the point that are these or more. */
  private static String atLeast(String digits) {
    List<String> more = new ArrayList<>();
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '9') {
        more.add(digits.substring(0, i) + "[" + (char) (digit + 1) + "-9]" + DIGIT + "*");
      }
    }
    more.add(digits + DIGIT + "*");
    return String.join("|", more);
  }

  /** Whole numbers of a range, in blocks that share their first digits. */
  private void whole(int from, int to, String fraction) {
    List<String> blocks = new ArrayList<>();
    int next = from;
    while (next <= to) {
      int size = blockSize(next, to);
      int last = next;
      while ((last / size) % 10 < 9 && last + 2 * size - 1 <= to) {
        last += size;
      }
      blocks.add(block(next, last, size));
      next = last + size;
    }
    if (!blocks.isEmpty()) {
      alternatives.add("(" + String.join("|", blocks) + ")" + fraction);
    }
  }

  /** The largest power of ten that divides the number and does not lead past the end. */
  private static int blockSize(int from, int to) {
    int size = 1;
    while (from > 0 && from % (size * 10) == 0 && from + size * 10 - 1 <= to) {
      size *= 10;
    }
    return size;
  }

  private static String block(int first, int last, int size) {
    String prefix = first / size >= 10 ? String.valueOf(first / size / 10) : "";
    int low = first / size % 10;
    int high = last / size % 10;
    String digits = low == high ? String.valueOf(low) : "[" + low + "-" + high + "]";
    return prefix + digits + DIGIT.repeat(String.valueOf(size).length() - 1);
  }
}
