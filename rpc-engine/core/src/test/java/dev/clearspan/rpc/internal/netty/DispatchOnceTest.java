package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.internal.frame.FrameHeader;
import dev.clearspan.rpc.internal.frame.FrameType;
import dev.clearspan.rpc.internal.frame.MethodName;
import dev.clearspan.rpc.server.Chunk;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.RawPeer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one read burst brings is handed over in chunks, each call once. */
class DispatchOnceTest {
  private static final int CALLS = 100;
  private static final int METHOD = 1;

  private final EchoService service = new EchoService();
  private final List<Integer> chunks = new ArrayList<>();
  private final ServedBytes server =
      new ServedBytes(
          service,
          new ServedBytes.AtOnce() {
            @Override
            public boolean dispatch(Chunk chunk) {
              chunks.add(chunk.size());
              return super.dispatch(chunk);
            }
          });

  @Test
  void aBurstIsDispatchedInChunksAndEachCallOnce() {
    burst(TimeUnit.SECONDS.toNanos(10));

    assertThat(service.handled).hasValue(CALLS);
    assertThat(chunks).containsExactly(16, 16, 16, 16, 16, 16, 4);
  }

  @Test
  void callsThatExpireInTheQueueAreNotRun() {
    burst(1);

    assertThat(chunks.stream().mapToInt(Integer::intValue).sum()).isEqualTo(CALLS);
    assertThat(service.handled).hasValue(0);
  }

  private void burst(long remainingNanos) {
    ByteBuf bytes = Unpooled.buffer();
    bytes.writeBytes(HexFormat.of().parseHex(RawPeer.PREFACE + RawPeer.EMPTY_HELLO));
    new MethodName(METHOD, EchoService.ECHO.fullName(), "proto").write(bytes);
    for (int stream = 1; stream <= CALLS; stream++) {
      request(bytes, stream, remainingNanos);
    }
    server.connection(ByteBufUtil.getBytes(bytes), bytes.readableBytes());
  }

  /** As docs/wire-protocol.md has it. */
  private static void request(ByteBuf out, int stream, long remainingNanos) {
    byte[] payload = StringValue.of("call " + stream).toByteArray();
    FrameHeader.write(out, 12 + payload.length, FrameType.REQUEST, 0, stream);
    out.writeShort(METHOD).writeByte(1).writeByte(0).writeLong(remainingNanos);
    out.writeBytes(payload);
  }
}
