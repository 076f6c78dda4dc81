package dev.clearspan.rpc.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameAssemblyTest {
  private static final int FRAMES = 200;
  private static final int MOST_PAYLOAD = 40_000;

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final List<String> heard = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(new Listener(), Limits.DEFAULT);
  private final FrameAssembly assembly = new FrameAssembly(decoder);

  private final class Listener implements FrameSink {
    @Override
    public void preface(int version) {
      heard.add("preface");
    }

    @Override
    public void frame(int type, int flags, int streamId, ByteBuf payload) {
      heard.add(streamId + ":" + payload.readableBytes() + ":" + sum(payload));
    }
  }

  @Test
  void framesComeOutWholeHoweverTheirBytesArrive() {
    Random random = new Random(17);
    List<String> sent = new ArrayList<>(List.of("preface"));
    byte[] stream = conversation(random, sent);
    for (int at = 0; at < stream.length; ) {
      int piece =
          Math.min(stream.length - at, 1 + random.nextInt(random.nextBoolean() ? 9 : 50_000));
      assembly.read(allocator.buffer(piece).writeBytes(stream, at, piece), allocator);
      at += piece;
    }
    assertThat(heard).isEqualTo(sent);
    assertThat(allocator.metric().usedHeapMemory()).isZero();
  }

  @Test
  void aHeaderAloneReservesLittle() {
    ByteBuf begun = allocator.buffer();
    Preface.write(begun);
    begun.writeInt(Limits.DEFAULT.messageBytes()).writeByte(FrameType.REQUEST).writeByte(0);
    begun.writeInt(1).writeByte(7);
    assembly.read(begun, allocator);
    assertThat(allocator.metric().usedHeapMemory()).isLessThanOrEqualTo(16 * 1_024);
    assembly.close();
    assertThat(allocator.metric().usedHeapMemory()).isZero();
  }

  @Test
  void aFrameThatIsTooLongIsRefusedAlthoughItsHeaderComesInPieces() {
    ByteBuf begun = allocator.buffer();
    Preface.write(begun);
    assembly.read(begun.writeShort(0x7fff), allocator);
    ByteBuf rest = allocator.buffer().writeShort(0xffff).writeZero(6);
    assertThatThrownBy(() -> assembly.read(rest, allocator))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("frame length: 2147483647 bytes");
    decoder.stop();
    assembly.read(allocator.buffer().writeZero(100), allocator);
    assembly.close();
    assertThat(allocator.metric().usedHeapMemory()).isZero();
  }

  private byte[] conversation(Random random, List<String> sent) {
    ByteBuf all = allocator.buffer();
    Preface.write(all);
    for (int stream = 1; stream <= FRAMES; stream++) {
      byte[] payload = new byte[random.nextInt(random.nextInt(10) == 0 ? MOST_PAYLOAD : 600)];
      random.nextBytes(payload);
      all.writeInt(payload.length).writeByte(FrameType.REQUEST).writeByte(0).writeInt(stream);
      int begin = all.writerIndex();
      all.writeBytes(payload);
      sent.add(stream + ":" + payload.length + ":" + sum(all.slice(begin, payload.length)));
    }
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes);
    all.release();
    return bytes;
  }

  private static long sum(ByteBuf payload) {
    long sum = 0;
    for (int i = payload.readerIndex(); i < payload.writerIndex(); i++) {
      sum = 31 * sum + payload.getByte(i);
    }
    return sum;
  }
}
