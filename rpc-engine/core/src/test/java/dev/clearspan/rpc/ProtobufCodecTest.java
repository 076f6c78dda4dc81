package dev.clearspan.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufCodecTest {
  private final ProtobufCodec<BytesValue> codec = ProtobufCodec.of(BytesValue.getDefaultInstance());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 1024, 1025, 32_768, 65_536, 1_000_000})
  void messagesOfAnySizeComeBackAndDoNotShareTheBuffer(int length) {
    BytesValue message = message(length, 7);
    ByteBuffer buffer = encoded(message);

    BytesValue first = codec.decode(buffer.duplicate());
    for (int i = 0; i < buffer.limit(); i++) {
      buffer.put(i, (byte) 0);
    }
    // A second one of the same size would overwrite what the first one shares with the codec.
    BytesValue second = codec.decode(encoded(message(length, 8)));

    assertThat(first).isEqualTo(message);
    assertThat(second).isEqualTo(message(length, 8));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 100_000})
  void aTruncatedMessageIsRefused(int length) {
    ByteBuffer cut = encoded(message(length, 7));
    cut.limit(cut.limit() - 1);

    assertThatThrownBy(() -> codec.decode(cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("google.protobuf.BytesValue");
  }

  private ByteBuffer encoded(BytesValue message) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(codec.sizeOf(message));
    codec.encode(message, buffer);
    return buffer.flip();
  }

  private static BytesValue message(int length, int each) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) each);
    return BytesValue.of(ByteString.copyFrom(bytes));
  }
}
