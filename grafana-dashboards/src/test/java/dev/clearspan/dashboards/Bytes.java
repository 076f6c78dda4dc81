package dev.clearspan.dashboards;

import dev.clearspan.rpc.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text as it is. */
final class Bytes implements Codec<String> {
  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public int sizeOf(String message) {
    return message.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public void encode(String message, ByteBuffer target) {
    target.put(message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String decode(ByteBuffer source) {
    return StandardCharsets.UTF_8.decode(source).toString();
  }
}
