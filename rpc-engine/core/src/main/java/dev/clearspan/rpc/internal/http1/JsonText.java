package dev.clearspan.rpc.internal.http1;

/** Strings in JSON (RFC 8259), as people like to read them: only what must be is escaped. */
final class JsonText {
  private static final String SHORT = "\"\\\b\f\n\r\t";
  private static final String LETTERS = "\"\\bfnrt";

  private JsonText() {}

  /** Appends the text in quotation marks. */
  static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      int known = SHORT.indexOf(each);
      if (known >= 0) {
        out.append('\\').append(LETTERS.charAt(known));
      } else if (each < 0x20 || isUnpaired(text, i)) {
        out.append("\\u%04x".formatted((int) each));
      } else {
        out.append(each);
      }
    }
    out.append('"');
  }

  /** Half a character: it has no UTF-8 form. */
  private static boolean isUnpaired(String text, int at) {
    char each = text.charAt(at);
    if (Character.isHighSurrogate(each)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(each)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
