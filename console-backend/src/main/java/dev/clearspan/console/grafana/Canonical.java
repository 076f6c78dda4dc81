package dev.clearspan.console.grafana;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The one spelling of a request's target. What could be read in two ways is refused, so that the
 * proxy and Grafana cannot disagree on what is asked for.
 */
final class Canonical {
  private static final int MAX_LENGTH = 16_384;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?");
  private static final String MARKS = "-._~";
  private static final String PATH_MARKS = MARKS + "!$&'()*+,=:@/";
  private static final String QUERY_MARKS = PATH_MARKS + "?;%";

  private Canonical() {}

  /** Whether a configured sub-path is plain. */
  static boolean isPrefix(String path) {
    return PREFIX.matcher(path).matches();
  }

  /** The path with letters, digits and marks unescaped and everything else escaped once. */
  static String path(String raw) throws Refusal {
    if (!raw.startsWith("/") || raw.length() > MAX_LENGTH) {
      throw Refusal.malformed("The path must start with / and have at most 16384 characters.");
    }
    StringBuilder path = new StringBuilder(raw.length());
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int octet = octet(raw, i);
        bytes.put((byte) octet);
        append(path, octet);
        i += 2;
      } else if (isPlain(c, PATH_MARKS)) {
        bytes.put((byte) c);
        path.append(c);
      } else {
        throw unexpected(c);
      }
    }
    requireUtf8(bytes.flip());
    requirePlainSegments(path.toString());
    return path.toString();
  }

  private static int octet(String raw, int at) throws Refusal {
    if (at + 2 >= raw.length()
        || !HexFormat.isHexDigit(raw.charAt(at + 1))
        || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
      throw Refusal.malformed("A % in the path is not followed by two hexadecimal digits.");
    }
    int octet = HexFormat.fromHexDigits(raw, at + 1, at + 3);
    if (octet == '/' || octet == '\\' || octet == '%' || octet < ' ' || octet == 0x7f) {
      throw Refusal.malformed(
          "The path has an escaped slash, backslash, % or control character, which servers read"
              + " differently.");
    }
    return octet;
  }

  private static void append(StringBuilder path, int octet) {
    if (octet < 0x80 && isPlain((char) octet, MARKS)) {
      path.append((char) octet);
    } else {
      path.append('%').append(HEX.toHexDigits((byte) octet));
    }
  }

  private static void requireUtf8(ByteBuffer bytes) throws Refusal {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw Refusal.malformed("The path is not UTF-8.");
    }
  }

  private static void requirePlainSegments(String path) throws Refusal {
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean emptyInside = segment.isEmpty() && i < segments.length - 1;
      if (emptyInside || segment.equals(".") || segment.equals("..")) {
        throw Refusal.malformed(
            "The path has an empty segment, . or .. (expected: the path that is meant)");
      }
    }
  }

  /** The query with what a URI must not contain escaped. */
  static String query(String raw) throws Refusal {
    if (raw.length() > MAX_LENGTH) {
      throw Refusal.malformed("The query has more than 16384 characters.");
    }
    StringBuilder query = new StringBuilder(raw.length());
    for (byte octet : raw.getBytes(StandardCharsets.UTF_8)) {
      if (octet >= 0 && octet < ' ' || octet == 0x7f) {
        throw Refusal.malformed("The query has a control character.");
      }
      if (octet >= 0 && isPlain((char) octet, QUERY_MARKS)) {
        query.append((char) octet);
      } else {
        query.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return query.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
  }

  private static boolean isPlain(char c, String marks) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || marks.indexOf(c) >= 0;
  }

  private static Refusal unexpected(char c) {
    return Refusal.malformed(
        "The path has the character U+"
            + HEX.toHexDigits(c)
            + " (expected: letters, digits, escapes and - . _ ~ ! $ & ' ( ) * + , = : @)");
  }
}
