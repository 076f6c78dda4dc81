package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.TextCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {
  private static final int MOST = 1000;

  private final List<String> messages = new ArrayList<>();
  private final MessageAssembler assembler = new MessageAssembler(MOST);

  @AfterEach
  void release() {
    assembler.release();
  }

  @Test
  void anySplitGivesTheSameMessages() {
    byte[] all = bytes("first", "", "x".repeat(MOST), "last");
    for (int piece = 1; piece <= all.length; piece++) {
      messages.clear();
      for (int at = 0; at < all.length; at += piece) {
        add(Unpooled.wrappedBuffer(all, at, Math.min(piece, all.length - at)));
      }
      assertThat(messages).containsExactly("first", "", "x".repeat(MOST), "last");
      assertThat(assembler.isMidMessage()).isFalse();
    }
  }

  @Test
  void knowsThatMoreIsToCome() {
    add(Unpooled.wrappedBuffer(bytes("message"), 0, 7));
    assertThat(assembler.isMidMessage()).isTrue();
  }

  @Test
  void aLengthAboveTheLimitIsRefusedByItsPrefix() {
    ByteBuf prefix = Unpooled.buffer().writeByte(0).writeInt(-1);
    assertThatThrownBy(() -> add(prefix))
        .asInstanceOf(InstanceOfAssertFactories.type(RpcException.class))
        .extracting(RpcException::code)
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void anUnknownFlagIsRefused() {
    ByteBuf prefix = Unpooled.buffer().writeByte(2).writeInt(1);
    assertThatThrownBy(() -> add(prefix)).hasMessageContaining("flag: 2 (expected: 0 or 1)");
  }

  private void add(ByteBuf data) {
    assembler.add(
        data, (payload, compressed) -> messages.add(payload.toString(StandardCharsets.UTF_8)));
  }

  private static byte[] bytes(String... texts) {
    ByteBuf all = Unpooled.buffer();
    for (String text : texts) {
      ByteBuf frame = MessageFrame.encode(new TextCodec(), text, false, MOST);
      all.writeBytes(frame);
      frame.release();
    }
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes);
    return bytes;
  }
}
