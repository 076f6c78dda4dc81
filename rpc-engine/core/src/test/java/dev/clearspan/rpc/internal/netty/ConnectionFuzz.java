package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.server.EchoService;
import java.util.Arrays;

/** Any bytes on the server's port, whatever protocol they begin like. */
public final class ConnectionFuzz {
  private static final ServedBytes SERVER = served();

  private ConnectionFuzz() {}

  /** Called by the fuzzer before it begins: classes are loaded outside of its time. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[Long.BYTES]);
  }

  /** Called by the fuzzer; the first byte says how the rest is cut. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 1) {
      byte[] sent = Arrays.copyOfRange(input, 1, input.length);
      SERVER.connection(sent, 1 + (input[0] & 0xff));
    }
  }

  private static ServedBytes served() {
    EchoService echo = new EchoService();
    echo.release.countDown(); // its handlers do not wait
    return new ServedBytes(echo);
  }
}
