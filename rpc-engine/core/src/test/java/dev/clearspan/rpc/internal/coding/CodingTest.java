package dev.clearspan.rpc.internal.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.RpcException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressed messages: there and back, and no further than allowed. */
class CodingTest {
  private static final int MOST = 4 << 20;

  @ParameterizedTest
  @EnumSource
  void whatWasCompressedComesBack(Coding coding) {
    byte[] bytes = new byte[100_000];
    new Random(7).nextBytes(bytes);
    ByteBuf packed = packed(coding, bytes);

    ByteBuf plain = coding.inflate(packed, MOST, 100);
    try {
      assertThat(plain).isEqualTo(Unpooled.wrappedBuffer(bytes));
      assertThat(packed.readerIndex()).isZero();
    } finally {
      plain.release();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageOverTheLimitIsGivenUp(Coding coding) {
    ByteBuf packed = packed(coding, new byte[MOST + 1]);

    assertThatThrownBy(() -> coding.inflate(packed, MOST, 100_000))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("RESOURCE_EXHAUSTED")
        .hasMessageContaining("inflates to more than 4194304 (expected: <= 4194304)");
  }

  @ParameterizedTest
  @EnumSource
  void aRatioOverTheLimitIsGivenUpPastOneMebibyte(Coding coding) {
    ByteBuf zeros = packed(coding, new byte[3 << 20]);
    ByteBuf fewer = packed(coding, new byte[1 << 20]);

    assertThatThrownBy(() -> coding.inflate(zeros, MOST, 100))
        .hasMessageContaining("compressed message of " + zeros.readableBytes() + " bytes");
    ByteBuf plain = coding.inflate(fewer, MOST, 100);
    assertThat(plain.readableBytes()).isEqualTo(1 << 20);
    plain.release();
  }

  @ParameterizedTest
  @EnumSource
  void damageIsNamed(Coding coding) {
    ByteBuf text = Unpooled.copiedBuffer("neither of them", StandardCharsets.UTF_8);
    ByteBuf whole = packed(coding, "whole".getBytes(StandardCharsets.UTF_8));
    ByteBuf cut = whole.slice(0, whole.readableBytes() - 4);

    assertThatThrownBy(() -> coding.inflate(text, MOST, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: " + coding + ")");
    assertThatThrownBy(() -> coding.inflate(cut, MOST, 100))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ByteBuf packed(Coding coding, byte[] bytes) {
    ByteBuf out = Unpooled.buffer();
    coding.deflate(Unpooled.wrappedBuffer(bytes), out);
    return out;
  }
}
