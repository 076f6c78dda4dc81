package dev.clearspan.rpc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text as payload, for tests that need no generated code. "?" cannot be encoded. */
public final class TextCodec implements Codec<String> {
  /** A method with text on both sides. */
  public static MethodSpec<String, String> method(
      String fullName, MethodKind kind, boolean idempotent) {
    return new MethodSpec<>(fullName, kind, idempotent, new TextCodec(), new TextCodec());
  }

  @Override
  public String name() {
    return "text";
  }

  @Override
  public int sizeOf(String message) {
    if (message.equals("?")) {
      throw new IllegalArgumentException("message: ? (expected: text)");
    }
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
