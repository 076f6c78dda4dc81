package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class GzipTest {
  @Test
  void whatWasDeflatedIsInflated() {
    byte[] bytes = new byte[271_828];
    bytes[7] = 7;
    ByteBuf inflated = Gzip.inflate(deflated(bytes), Limits.DEFAULT);
    assertThat(ByteBufUtil.getBytes(inflated)).isEqualTo(bytes);
    inflated.release();
  }

  @Test
  void givesUpAtTheSizeLimit() {
    ByteBuf bomb = deflated(new byte[100_000]);
    Limits small = Limits.DEFAULT.with(Limit.MESSAGE_BYTES, 10_000);
    assertThatThrownBy(() -> Gzip.inflate(bomb, small))
        .hasMessageContaining("(expected: <= 10000)");
  }

  @Test
  void givesUpAtARatioThatNoMessageHas() {
    ByteBuf bomb = deflated(new byte[Limits.DEFAULT.messageBytes()]);
    assertThatThrownBy(() -> Gzip.inflate(bomb, Limits.DEFAULT))
        .hasMessageContaining(
            "(expected: <= " + dev.clearspan.rpc.internal.coding.Coding.ANY_RATIO_BYTES + ")");
  }

  @Test
  void refusesWhatIsNoGzip() {
    ByteBuf text = Unpooled.copiedBuffer(new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Gzip.inflate(text, Limits.DEFAULT))
        .hasMessageContaining("(expected: gzip)");
  }

  private static ByteBuf deflated(byte[] bytes) {
    ByteBuf out = Unpooled.buffer();
    Gzip.deflate(Unpooled.wrappedBuffer(bytes), out);
    return out;
  }
}
