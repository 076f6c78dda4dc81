package dev.clearspan.rpc.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes from a peer is checked before anything is allocated for it. */
class CollectFrameTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, traces to collect: 0",
    "257, 4112, traces to collect: 257",
    "65535, 16, 65535"
  })
  void aCountOutOfRangeBreaksTheProtocol(int count, int bytes, String found) {
    assertThatThrownBy(() -> CollectFrame.read(payload(count, bytes)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(found)
        .hasMessageContaining("expected: 1 to 256");
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 15", "256, 4095"})
  void fewerIdsThanAnnouncedBreakTheProtocol(int count, int bytes) {
    assertThatThrownBy(() -> CollectFrame.read(payload(count, bytes)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("COLLECT: " + bytes + " bytes left");
  }

  @Test
  void noCountBreaksTheProtocol() {
    assertThatThrownBy(() -> CollectFrame.read(Unpooled.buffer().writeByte(0)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void whatFollowsTheIdsIsLeftToLaterVersions() {
    assertThat(CollectFrame.read(payload(256, 4_096 + 7))).hasSize(512);
  }

  private static ByteBuf payload(int count, int bytes) {
    return Unpooled.buffer().writeShort(count).writeZero(bytes);
  }
}
