package dev.clearspan.rpc.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Byte streams and frames, whatever way they are cut and whatever is wrong with them. */
class FrameDecoderTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void everySplitOfTheBytesGivesTheSameFrames() {
    byte[] bytes = conversation();
    DecodedFrames whole = DecodedFrames.of(bytes, bytes.length);

    assertThat(whole.frames).hasSize(7);
    for (int piece = 1; piece < bytes.length; piece++) {
      assertThat(DecodedFrames.of(bytes, piece).frames).isEqualTo(whole.frames);
    }
  }

  @Test
  void laterVersionsOfThePeerAreSpokenAsOurs() {
    byte[] preface = HEX.parseHex("c5434c4541520009");

    assertThat(DecodedFrames.of(preface, 8).version).isEqualTo(Preface.VERSION);
  }

  @Test
  void anotherProtocolIsNamed() {
    assertThatThrownBy(() -> DecodedFrames.of("GET / HTTP/1.1".getBytes(), 14))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("preface: 474554202f204854 (expected: c5434c4541520001)");
  }

  @Test
  void overLongFrameIsRefusedByItsHeaderAlone() {
    byte[] bytes = HEX.parseHex("c5434c4541520001" + "7fffffff" + "02" + "00" + "00000001");

    assertThatThrownBy(() -> DecodedFrames.of(bytes, bytes.length))
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> assertThat(e.reason()).isEqualTo(GoAway.Reason.FRAME_TOO_LARGE))
        .hasMessage("frame length: 2147483647 bytes (expected: <= 4210688)");
  }

  @Test
  void helloSkipsFieldsItDoesNotKnow() {
    ByteBuf payload =
        payload(new Hello("orders", "o1", "inc", 1000, 10, 250, StreamWindows.NONE)::write);
    payload.writeByte(200).writeShort(3).writeBytes(new byte[] {1, 2, 3});

    assertThat(Hello.read(payload))
        .isEqualTo(new Hello("orders", "o1", "inc", 1000, 10, 250, StreamWindows.NONE));
  }

  @Test
  void truncatedPayloadsSayWhatIsMissing() {
    ByteBuf response = payload(out -> ResponseHead.ok(true, 5, 2).write(out, 1, 0));
    for (int length = 0; length < response.readableBytes(); length++) {
      ByteBuf cut = response.slice(response.readerIndex(), length);
      assertThatThrownBy(() -> ResponseHead.read(cut, 0x01, Limits.DEFAULT))
          .isInstanceOf(ProtocolException.class)
          .hasMessage("RESPONSE: " + length + " bytes left (expected: >= 17)");
    }
  }

  @Test
  void metadataOverItsLimitsIsRefused() {
    Metadata three = Metadata.EMPTY.with("a", "1").with("b", "2").with("c", "3");
    ByteBuf request = payload(new RequestHead(1, 1, 5, null, three)::write);
    Limits limits = Limits.DEFAULT.with(Limit.METADATA_ENTRIES, 2);

    assertThatThrownBy(() -> RequestHead.read(request, 0x02, limits))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("metadata entries: 3 (expected: <= 2)");
  }

  @Test
  void aLaterVersionsExtensionIsSkipped() {
    ByteBuf request = payload(new RequestHead(7, 2, 99, null, Metadata.EMPTY)::write);
    request.writeShort(4).writeInt(0xcafe).writeBytes(new byte[] {42});

    RequestHead head = RequestHead.read(request, 0x80, Limits.DEFAULT);

    assertThat(head).isEqualTo(new RequestHead(7, 2, 99, null, Metadata.EMPTY));
    assertThat(ByteBufUtil.getBytes(request)).containsExactly(42);
  }

  @Test
  void longTextsAreCutNotRefused() {
    Status status = Status.of(Status.Code.INTERNAL, "\u00e9".repeat(5000));
    ByteBuf response =
        payload(
            out -> new ResponseHead(status, false, false, 1, 0, Metadata.EMPTY).write(out, 1, 0));

    ResponseHead read = ResponseHead.read(response, 0x08, Limits.DEFAULT);

    assertThat(read.status().message()).startsWith("\u00e9\u00e9").hasSizeBetween(1000, 2048);
  }

  private static byte[] conversation() {
    ByteBuf out = Unpooled.buffer();
    Preface.write(out);
    new Hello(
            "orders",
            "127.0.0.1:9090",
            "f00d",
            4 << 20,
            1000,
            200,
            StreamWindows.of(Limits.DEFAULT))
        .write(out);
    new MethodName(1, "shop.Orders/Get", "proto").write(out);
    out.writeBytes(request());
    ControlFrames.writePing(out, 42);
    ResponseHead.ok(false, 1000, 10).write(out, 1, 0);
    FrameHeader.write(out, 3, 0x7e, 0xff, 9);
    out.writeBytes(new byte[] {1, 2, 3});
    new GoAway(1, GoAway.Reason.DRAINING, "bye").write(out);
    return ByteBufUtil.getBytes(out);
  }

  private static ByteBuf request() {
    ByteBuf frame = Unpooled.buffer();
    new RequestHead(1, 1, 0, null, Metadata.EMPTY.with("k", "v")).write(frame);
    frame.writeBytes(new byte[] {10, 1, 65});
    RequestHead.complete(frame, 1, 1, 1_000_000);
    return frame;
  }

  private static ByteBuf payload(Consumer<ByteBuf> writer) {
    ByteBuf frame = Unpooled.buffer();
    writer.accept(frame);
    return frame.skipBytes(FrameHeader.LENGTH);
  }
}
