package dev.clearspan.rpc.internal.http2;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The percent-encoded form of {@code grpc-message}: UTF-8 in which everything but printable ASCII,
 * and the percent sign itself, is written as %XX (gRPC's PROTOCOL-HTTP2.md, "Status-Message").
 */
final class GrpcMessage {
  /** Longest encoded form; half of what clients commonly take for all trailers. */
  static final int MOST_BYTES = 4096;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private GrpcMessage() {}

  /** The encoded form, cut between two characters so that it has at most 4,096 bytes. */
  static AsciiString encode(String message) {
    byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
    int end = 0;
    int encoded = 0;
    for (int i = 0; i < utf8.length; i++) {
      encoded += isPlain(utf8[i]) ? 1 : 3;
      if (encoded > MOST_BYTES) {
        break;
      }
      if (i + 1 == utf8.length || !isContinuation(utf8[i + 1])) {
        end = i + 1;
      }
    }
    return encode(utf8, end);
  }

  /** The message; escapes that are none are taken as they stand. */
  static String decode(CharSequence encoded) {
    byte[] utf8 = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      int escaped = encoded.charAt(i) == '%' ? escaped(encoded, i) : -1;
      utf8[length++] = (byte) (escaped < 0 ? encoded.charAt(i) : escaped);
      i += escaped < 0 ? 0 : 2;
    }
    return new String(utf8, 0, length, StandardCharsets.UTF_8);
  }

  private static AsciiString encode(byte[] utf8, int end) {
    byte[] out = new byte[3 * end];
    int length = 0;
    for (int i = 0; i < end; i++) {
      byte each = utf8[i];
      if (isPlain(each)) {
        out[length++] = each;
      } else {
        out[length++] = '%';
        out[length++] = HEX[(each >> 4) & 0xf];
        out[length++] = HEX[each & 0xf];
      }
    }
    return new AsciiString(Arrays.copyOf(out, length), false);
  }

  private static int escaped(CharSequence text, int percent) {
    if (percent + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean isPlain(byte each) {
    return each >= 0x20 && each < 0x7f && each != '%';
  }

  private static boolean isContinuation(byte each) {
    return (each & 0xc0) == 0x80;
  }
}
