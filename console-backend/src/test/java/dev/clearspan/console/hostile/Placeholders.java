package dev.clearspan.console.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;
import java.util.Map;

/**
 * Fills in what stands in double braces: a name of the given values, {@code crlf}, {@code hex 0a0b}
 * (bytes) or {@code repeat text 1000}. Inner ones come first. A character is a byte.
 */
final class Placeholders {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";
  private static final String REPEAT = "repeat ";
  private static final String HEX = "hex ";

  private final Map<String, String> values;

  Placeholders(Map<String, String> values) {
    this.values = values;
  }

  String fill(String text) {
    int open = text.indexOf(OPEN);
    if (open < 0) {
      return text;
    }
    int close = closing(text, open);
    String inner = text.substring(open + OPEN.length(), close);
    return text.substring(0, open) + value(inner) + fill(text.substring(close + CLOSE.length()));
  }

  /** Where the braces that open there are closed. */
  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length() - 1; i++) {
      if (text.startsWith(OPEN, i) && isPlaceholder(text, i)) {
        depth++;
        i++;
      } else if (text.startsWith(CLOSE, i) && --depth == 0) {
        return i;
      } else if (text.startsWith(CLOSE, i)) {
        i++;
      }
    }
    throw new IllegalArgumentException("braces that nothing closes: " + text.substring(open));
  }

  private static boolean isPlaceholder(String text, int at) {
    return at + OPEN.length() < text.length()
        && Character.isLetter(text.charAt(at + OPEN.length()));
  }

  private String value(String inner) {
    if (inner.equals("crlf")) {
      return "\r\n";
    }
    if (inner.startsWith(HEX)) {
      return new String(HexFormat.of().parseHex(inner.substring(HEX.length())), ISO_8859_1);
    }
    if (inner.startsWith(REPEAT)) {
      int space = inner.lastIndexOf(' ');
      int times = Integer.parseInt(inner.substring(space + 1));
      return fill(inner.substring(REPEAT.length(), space)).repeat(times);
    }
    String value = values.get(inner);
    if (value == null) {
      throw new IllegalArgumentException("unknown placeholder: " + inner);
    }
    return value;
  }
}
