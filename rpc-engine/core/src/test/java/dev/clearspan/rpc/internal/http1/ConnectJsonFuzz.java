package dev.clearspan.rpc.internal.http1;

import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Any body as the JSON form of a deep message: refused with a reason, or written and read again.
 */
public final class ConnectJsonFuzz {
  private static final ProtobufCodec<ServicePolicy> CODEC =
      ProtobufCodec.of(ServicePolicy.getDefaultInstance());
  private static final MethodSpec<ServicePolicy, ServicePolicy> METHOD =
      new MethodSpec<>("test.Policies/Check", MethodKind.QUERY, true, CODEC, CODEC);

  private ConnectJsonFuzz() {}

  /** Called by the fuzzer before it begins: classes are loaded outside of its time. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[Long.BYTES]);
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    ServicePolicy read;
    try {
      read = ConnectCodec.JSON.read(METHOD, Unpooled.wrappedBuffer(input));
    } catch (UndecodableRequest e) {
      return;
    }
    ByteBuf written = ConnectCodec.JSON.write(METHOD, read);
    ServicePolicy again = ConnectCodec.JSON.read(METHOD, written);
    if (!again.equals(read)) {
      throw new AssertionError(again + " (expected: " + read + ")");
    }
  }
}
