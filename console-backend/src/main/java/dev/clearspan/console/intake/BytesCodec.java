package dev.clearspan.console.intake;

import dev.clearspan.rpc.Codec;
import java.nio.ByteBuffer;

/** Messages as they are on the wire, for whoever reads them later. */
final class BytesCodec implements Codec<byte[]> {
  @Override
  public String name() {
    return "proto";
  }

  @Override
  public int sizeOf(byte[] message) {
    return message.length;
  }

  @Override
  public void encode(byte[] message, ByteBuffer target) {
    target.put(message);
  }

  @Override
  public byte[] decode(ByteBuffer source) {
    byte[] message = new byte[source.remaining()];
    source.get(message);
    return message;
  }
}
