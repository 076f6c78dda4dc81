package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.internal.netty.ServedBytes;
import dev.clearspan.rpc.server.EchoService;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Any bytes on a connection that has begun as HTTP/2. */
public final class Http2Fuzz {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EMPTY_SETTINGS = HexFormat.of().parseHex("000000040000000000");
  private static final ServedBytes SERVER = served();

  private Http2Fuzz() {}

  /** Called by the fuzzer before it begins: classes are loaded outside of its time. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[Long.BYTES]);
  }

  /** Called by the fuzzer; the first byte says how the rest is cut. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 1) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      sent.writeBytes(PREFACE);
      sent.writeBytes(EMPTY_SETTINGS);
      sent.write(input, 1, input.length - 1);
      SERVER.connection(sent.toByteArray(), 1 + (input[0] & 0xff));
    }
  }

  private static ServedBytes served() {
    EchoService echo = new EchoService();
    echo.release.countDown(); // its handlers do not wait
    return new ServedBytes(echo);
  }
}
