package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameGathererTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new FrameGatherer());

  @Test
  void smallFramesLeaveInOneBufferInTheirOrder() {
    for (int i = 0; i < 10; i++) {
      write(1000, i);
    }
    channel.flush();

    List<Integer> bytes = new ArrayList<>();
    ByteBuf only = channel.readOutbound();
    for (int i = 0; i < 10; i++) {
      bytes.add((int) only.getByte(i * 1000));
    }
    assertThat(only.readableBytes()).isEqualTo(10_000);
    assertThat(bytes).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat((Object) channel.readOutbound()).isNull();
    only.release();
  }

  @Test
  void aLargeFrameOvertakesNone() {
    write(10, 1);
    write(20, 2);
    write(100_000, 3);
    write(30, 4);
    channel.flush();

    assertThat(lengths()).containsExactly(30, 100_000, 30);
  }

  @Test
  void moreThanABufferHoldsIsSeveral() {
    for (int i = 0; i < 100; i++) {
      write(4000, i);
    }
    channel.flush();

    List<Integer> lengths = lengths();
    assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(400_000);
    assertThat(lengths).hasSizeBetween(7, 8);
  }

  @Test
  void aWriteThatSomebodyWaitsForKeepsItsPlace() {
    write(10, 1);
    channel.write(frame(20, 2));
    write(30, 3);
    channel.flush();

    assertThat(lengths()).containsExactly(10, 20, 30);
  }

  @Test
  void whatWasNotFlushedIsFreedWithTheConnection() {
    ByteBuf frame = frame(10, 1);
    channel.write(frame, channel.voidPromise());
    channel.close();
    channel.runPendingTasks();

    assertThat(frame.refCnt()).isZero();
  }

  private void write(int length, int first) {
    channel.write(frame(length, first), channel.voidPromise());
  }

  private static ByteBuf frame(int length, int first) {
    return ByteBufAllocator.DEFAULT.directBuffer(length).writeZero(length).setByte(0, first);
  }

  private List<Integer> lengths() {
    List<Integer> lengths = new ArrayList<>();
    ByteBuf next;
    while ((next = channel.readOutbound()) != null) {
      lengths.add(next.readableBytes());
      next.release();
    }
    return lengths;
  }
}
