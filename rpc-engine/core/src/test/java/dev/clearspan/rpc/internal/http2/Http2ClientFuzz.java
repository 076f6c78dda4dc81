package dev.clearspan.rpc.internal.http2;

import java.util.Arrays;

/** Any bytes of a server, on a client's connection with calls in flight. */
public final class Http2ClientFuzz {
  private Http2ClientFuzz() {}

  /** Called by the fuzzer before it begins: classes are loaded outside of its time. */
  public static void fuzzerInitialize() throws Exception {
    HostileServer.sends(new byte[Long.BYTES], 1);
  }

  /** Called by the fuzzer; the first byte says how the rest is cut. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length > 1) {
      HostileServer.sends(Arrays.copyOfRange(input, 1, input.length), 1 + (input[0] & 0xff));
    }
  }
}
