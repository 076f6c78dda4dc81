package dev.clearspan.rpc.internal.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.RpcException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compressed messages: there and back, and no further than allowed. */
class GzipTest {
  private static final int MOST = 4 << 20;

  @Test
  void whatWasCompressedComesBack() {
    byte[] bytes = new byte[100_000];
    new Random(7).nextBytes(bytes);
    ByteBuf packed = packed(bytes);

    ByteBuf plain = Gzip.inflate(packed, MOST, 100);
    try {
      assertThat(plain).isEqualTo(Unpooled.wrappedBuffer(bytes));
      assertThat(packed.readerIndex()).isZero();
    } finally {
      plain.release();
    }
  }

  @Test
  void aMessageOverTheLimitIsGivenUp() {
    ByteBuf packed = packed(new byte[MOST + 1]);

    assertThatThrownBy(() -> Gzip.inflate(packed, MOST, 100_000))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("RESOURCE_EXHAUSTED")
        .hasMessageContaining("inflates to more than 4194304 (expected: <= 4194304)");
  }

  @Test
  void aRatioOverTheLimitIsGivenUpPastOneMebibyte() {
    ByteBuf zeros = packed(new byte[3 << 20]);
    ByteBuf fewer = packed(new byte[1 << 20]);

    assertThatThrownBy(() -> Gzip.inflate(zeros, MOST, 100))
        .hasMessageContaining("compressed message of " + zeros.readableBytes() + " bytes");
    ByteBuf plain = Gzip.inflate(fewer, MOST, 100);
    assertThat(plain.readableBytes()).isEqualTo(1 << 20);
    plain.release();
  }

  @Test
  void damageIsNamed() {
    ByteBuf text = Unpooled.copiedBuffer("no gzip", StandardCharsets.UTF_8);
    ByteBuf whole = packed("whole".getBytes(StandardCharsets.UTF_8));
    ByteBuf cut = whole.slice(0, whole.readableBytes() - 4);

    assertThatThrownBy(() -> Gzip.inflate(text, MOST, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: gzip)");
    assertThatThrownBy(() -> Gzip.inflate(cut, MOST, 100))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ByteBuf packed(byte[] bytes) {
    ByteBuf out = Unpooled.buffer();
    Gzip.deflate(Unpooled.wrappedBuffer(bytes), out);
    return out;
  }
}
