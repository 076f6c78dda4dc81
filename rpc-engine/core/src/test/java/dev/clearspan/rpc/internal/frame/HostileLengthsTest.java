package dev.clearspan.rpc.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.clearspan.rpc.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that claims much and sends little costs little: nothing is allocated from a claim. */
class HostileLengthsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 2_000;
  // An exception with its message, stack trace and pieces; the smallest claim is 8 KiB.
  private static final long MOST_BYTES = 7 * 1024;

  /** Bytes that claim more than follows, each given to what reads them. */
  enum Claim {
    FRAME("00404000 02 00 00000001 0001", Claim::decode),
    FRAME_OVER_THE_LIMIT("ffffffff 02 00 00000001 0001", Claim::decode),
    HELLO_FIELD("01 ffff 61", Hello::read),
    HELLO_NUMBER("04 0001 61", Hello::read),
    METHOD_NAME("0001 01ff 61", MethodName::read),
    METHOD_CODEC("0001 0001 61 ffff", MethodName::read),
    METADATA_COUNT(request("ffff"), Claim::request),
    METADATA_FULL_COUNT(request("0040 0001 61"), Claim::request),
    METADATA_KEY(request("0001 2000 61"), Claim::request),
    METADATA_VALUE(request("0001 0001 61 2000 61"), Claim::request),
    EXTENSION("0001 01 00 000000003b9aca00 ffff", in -> RequestHead.read(in, 0x80, Limits.DEFAULT)),
    STATUS_MESSAGE(
        "0e 0000000000000000 0000000000000000 0fff 61",
        in -> ResponseHead.read(in, 0x08, Limits.DEFAULT)),
    GOAWAY_TEXT("7fffffff 00 01ff 61", GoAway::read);

    private final byte[] bytes;
    private final Consumer<ByteBuf> reader;

    Claim(String hex, Consumer<ByteBuf> reader) {
      this.bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
      this.reader = reader;
    }

    private static String request(String metadata) {
      return "0001 01 00 000000003b9aca00 " + metadata;
    }

    private static void request(ByteBuf in) {
      RequestHead unused = RequestHead.read(in, 0x02, Limits.DEFAULT);
    }

    private static void decode(ByteBuf frame) {
      ByteBuf conversation = Unpooled.buffer(64);
      Preface.write(conversation);
      conversation.writeBytes(frame);
      new FrameDecoder(new DecodedFrames(), Limits.DEFAULT).decode(conversation);
    }

    void read() {
      try {
        reader.accept(Unpooled.wrappedBuffer(bytes));
      } catch (ProtocolException e) {
        assertThat(e).hasMessageContaining("expected");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void claimsCostNothing(Claim claim) {
    for (int i = 0; i < ROUNDS; i++) {
      claim.read();
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      claim.read();
    }
    long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    assertThat(each).isLessThan(MOST_BYTES);
  }
}
