package dev.clearspan.rpc.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.rpc.ledger.TraceHash;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The byte vectors of docs/wire-protocol.md, encoded and decoded. */
class WireProtocolDocTest {
  private static final Pattern VECTOR = Pattern.compile("(?s)```hex ([a-z-]+)\n(.*?)```");

  private static final TraceContext TRACE =
      new TraceContext(
          0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7ad6b7169203331L, (byte) 3, (byte) 1);
  private static final Hello HELLO =
      new Hello(
          "orders",
          "10.0.0.7:9090",
          "5fd2c1aa90b3e417",
          4 << 20,
          1000,
          200,
          StreamWindows.of(Limits.DEFAULT));
  private static final MethodName METHOD = new MethodName(1, "shop.Orders/Get", "proto");
  private static final RequestHead REQUEST =
      new RequestHead(1, 1, 1_000_000_000, TRACE, Metadata.EMPTY.with("tenant", "acme"));
  private static final ResponseHead REPLY = ResponseHead.ok(true, 1_500_000, 20_000);
  private static final ResponseHead REFUSAL =
      new ResponseHead(
          Status.of(Status.Code.UNAVAILABLE, "draining"),
          false,
          true,
          9_000,
          9_000,
          Metadata.EMPTY);
  private static final GoAway ANNOUNCED = new GoAway(GoAway.ANNOUNCED, GoAway.Reason.DRAINING, "");
  private static final GoAway RENEWAL = new GoAway(GoAway.ANNOUNCED, GoAway.Reason.RENEWAL, "");
  private static final GoAway TOO_LARGE =
      new GoAway(
          GoAway.ANNOUNCED,
          GoAway.Reason.FRAME_TOO_LARGE,
          "frame length: 16777216 bytes (expected: <= 4210688)");

  private final Map<String, byte[]> vectors = vectors();

  @Test
  void everyVectorIsChecked() {
    assertThat(vectors.keySet())
        .containsExactlyInAnyOrder(
            "preface",
            "unknown-frame",
            "request-extended",
            "hello-more",
            "request-sheddable",
            "response-load",
            "response-load-before",
            "data-compressed",
            "response-zstd",
            "hello",
            "method",
            "request",
            "request-stream",
            "response",
            "response-refused",
            "headers",
            "data",
            "end",
            "window",
            "collect",
            "response-compressed",
            "cancel",
            "ping",
            "pong",
            "goaway-announced",
            "goaway-renewal",
            "goaway-error");
  }

  @Test
  void preface() {
    encodes("preface", Preface::write);
    assertThat(DecodedFrames.of(vector("preface"), 8).version).isEqualTo(1);
  }

  @Test
  void hello() {
    encodes("hello", HELLO::write);
    decodes("hello", FrameType.HELLO, 0, 0, Hello::read, HELLO);
  }

  @Test
  void whatHelloSaysBesideThat() {
    Hello more =
        new Hello(
            HELLO.service(),
            HELLO.instanceId(),
            HELLO.incarnation(),
            HELLO.messageBytes(),
            HELLO.inFlight(),
            HELLO.keepaliveMillis(),
            HELLO.windows(),
            new Codings(EnumSet.allOf(Coding.class), true),
            100,
            true);
    ByteBuf out = Unpooled.buffer();
    more.write(out);
    String fields =
        HexFormat.of().formatHex(vector("hello-more")).substring(FrameHeader.LENGTH * 2);
    assertThat(ByteBufUtil.hexDump(out)).endsWith(fields);

    Hello read = Hello.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(fields)));
    assertThat(read.codings()).isEqualTo(more.codings());
    assertThat(read.loadMillis()).isEqualTo(100);
    assertThat(read.renews()).isTrue();
  }

  @Test
  void whatIsUnknownIsSkipped() {
    ByteBuf bytes = Unpooled.buffer();
    Preface.write(bytes);
    bytes.writeBytes(vector("unknown-frame"));
    DecodedFrames decoded = DecodedFrames.of(ByteBufUtil.getBytes(bytes), bytes.readableBytes());
    assertThat(decoded.frames)
        .extracting(DecodedFrames.Frame::type)
        .containsExactly(0x7f, FrameType.CANCEL);

    decodes(
        "request-extended",
        FrameType.REQUEST,
        0xa0,
        5,
        payload -> {
          RequestHead head = RequestHead.read(payload, 0xa0, Limits.DEFAULT);
          return head.attempt() + " " + ByteBufUtil.hexDump(payload);
        },
        "1 0a0137");
  }

  @Test
  void requestThatMattersLittle() {
    RequestHead head =
        new RequestHead(1, 1, Criticality.SHEDDABLE, 1_000_000_000, null, Metadata.EMPTY);
    encodes(
        "request-sheddable",
        out -> {
          head.write(out);
          out.writeBytes(new byte[] {0x0a, 0x01, '7'});
          RequestHead.complete(out, 5, 1, 1_000_000_000);
        });
    decodes(
        "request-sheddable",
        FrameType.REQUEST,
        0,
        5,
        payload -> RequestHead.read(payload, 0, Limits.DEFAULT),
        head);
  }

  @Test
  void responseWithTheServersLoad() {
    LoadReport load = new LoadReport(0.41, 0.35, 12, 3, 2_000_000, 0);
    ResponseHead head = ResponseHead.ok(false, 1_500_000, 20_000);
    ByteBuf frame = Unpooled.buffer();
    head.write(frame, 5, 3);
    frame.writeBytes(new byte[] {0x0a, 0x01, '7'});
    ByteBuf told = ResponseHead.withLoad(frame, load);
    encodes("response-load", out -> out.writeBytes(told));
    told.release();

    List<LoadReport> loads = new ArrayList<>();
    decodes(
        "response-load",
        FrameType.RESPONSE,
        0x80,
        5,
        payload -> ResponseHead.read(payload, 0x80, Limits.DEFAULT, loads::add),
        head);
    assertThat(loads).containsExactly(load);
  }

  @Test
  void loadThatAnOlderServerTells() {
    List<LoadReport> loads = new ArrayList<>();
    decodes(
        "response-load-before",
        FrameType.RESPONSE,
        0x80,
        5,
        payload -> ResponseHead.read(payload, 0x80, Limits.DEFAULT, loads::add),
        ResponseHead.ok(false, 1_500_000, 20_000));
    assertThat(loads).containsExactly(new LoadReport(0.41, Double.NaN, 12, 3, 2_000_000, 0));
  }

  @Test
  void method() {
    encodes("method", METHOD::write);
    decodes("method", FrameType.METHOD, 0, 0, MethodName::read, METHOD);
  }

  @Test
  void request() {
    encodes(
        "request",
        out -> {
          REQUEST.write(out);
          out.writeBytes(new byte[] {0x0a, 0x01, '7'});
          RequestHead.complete(out, 5, 1, 1_000_000_000);
        });
    decodes(
        "request",
        FrameType.REQUEST,
        0x03,
        5,
        payload -> RequestHead.read(payload, 0x03, Limits.DEFAULT),
        REQUEST);
  }

  @Test
  void requestThatOpensAStream() {
    RequestHead head = new RequestHead(2, 1, 10_000_000_000L, null, Metadata.EMPTY);
    encodes(
        "request-stream",
        out -> {
          head.writeOpening(out, MethodShape.BIDI_STREAMING);
          RequestHead.complete(out, 9, 2, 10_000_000_000L);
        });
    decodes(
        "request-stream",
        FrameType.REQUEST,
        0x1c,
        9,
        payload -> RequestHead.read(payload, 0x1c, Limits.DEFAULT),
        head);
    assertThat(RequestHead.opened(0x1c)).isEqualTo(MethodShape.BIDI_STREAMING);
    assertThat(RequestHead.opened(0x03)).isNull();
  }

  @Test
  void streamFrames() {
    Metadata region = Metadata.EMPTY.with("region", "eu-1");
    encodes("headers", out -> StreamFrames.writeHeaders(out, 9, region));
    encodes("end", out -> StreamFrames.writeEnd(out, 9));
    encodes("window", out -> StreamFrames.writeWindow(out, 9, 128 * 1024));
    encodes(
        "data",
        out -> {
          StreamFrames.writeDataHeader(out, 9, 3, true);
          out.writeBytes(new byte[] {0x0a, 0x01, '7'});
        });
    decodes(
        "headers",
        FrameType.HEADERS,
        0,
        9,
        payload -> StreamFrames.readHeaders(payload, 0, Limits.DEFAULT),
        region);
    decodes("end", FrameType.END, 0, 9, ByteBuf::readableBytes, 0);
    decodes("window", FrameType.WINDOW, 0, 9, StreamFrames::readWindow, 128 * 1024);
    decodes("data", FrameType.DATA, StreamFrames.LAST, 9, ByteBuf::readableBytes, 3);
  }

  @Test
  void aMessageWithRoomForItsHeaderIsTheSameFrame() {
    encodes(
        "data",
        out -> {
          out.writeZero(FrameHeader.LENGTH).writeBytes(new byte[] {0x0a, 0x01, '7'});
          StreamFrames.completeData(out, 9);
        });
  }

  @Test
  void response() {
    encodes(
        "response",
        out -> {
          REPLY.write(out, 5, 3);
          out.writeBytes(new byte[] {0x0a, 0x01, '7'});
        });
    decodes(
        "response",
        FrameType.RESPONSE,
        0x01,
        5,
        payload -> ResponseHead.read(payload, 0x01, Limits.DEFAULT),
        REPLY);
  }

  @Test
  void replyEncodedAheadOfItsHeadIsTheSameFrame() {
    encodes(
        "response",
        out -> {
          out.writeZero(ResponseHead.OK_SIZE).writeBytes(new byte[] {0x0a, 0x01, '7'});
          REPLY.complete(out, 5);
        });
  }

  @Test
  void refusal() {
    encodes("response-refused", out -> REFUSAL.write(out, 7, 0));
    decodes(
        "response-refused",
        FrameType.RESPONSE,
        0x0a,
        7,
        payload -> ResponseHead.read(payload, 0x0a, Limits.DEFAULT),
        REFUSAL);
  }

  @Test
  void compressedMessages() {
    decodes(
        "response-compressed",
        FrameType.RESPONSE,
        0x40,
        5,
        payload -> {
          ResponseHead unused = ResponseHead.read(payload, 0x40, Limits.DEFAULT);
          return inflated(payload, 0x40);
        },
        "gzip 0a0137");
    decodes(
        "response-zstd",
        FrameType.RESPONSE,
        0x60,
        5,
        payload -> {
          ResponseHead unused = ResponseHead.read(payload, 0x60, Limits.DEFAULT);
          return inflated(payload, 0x60);
        },
        "zstd 0a0137");
    decodes(
        "data-compressed",
        FrameType.DATA,
        0x41,
        9,
        payload -> inflated(payload, 0x41),
        "gzip 0a0137");
  }

  private static String inflated(ByteBuf message, int flags) {
    Coding coding = Objects.requireNonNull(Compressed.in(flags));
    ByteBuf plain = coding.inflate(message, 100, 100);
    try {
      return coding + " " + ByteBufUtil.hexDump(plain);
    } finally {
      plain.release();
    }
  }

  @Test
  void controlFrames() {
    encodes("cancel", out -> ControlFrames.writeCancel(out, 5));
    encodes("ping", out -> ControlFrames.writePing(out, 42));
    encodes("pong", out -> ControlFrames.writePong(out, 42));
    decodes("cancel", FrameType.CANCEL, 0, 5, ByteBuf::readableBytes, 0);
    decodes("ping", FrameType.PING, 0, 0, ControlFrames::readToken, 42L);
    decodes("pong", FrameType.PONG, 0, 0, ControlFrames::readToken, 42L);
  }

  @Test
  void collect() {
    long[] ids = {
      0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0x5fd2c1aa90b3e417L, 0xb7ad6b7169203331L
    };
    encodes("collect", out -> CollectFrame.write(out, ids));
    decodes(
        "collect",
        FrameType.COLLECT,
        0,
        0,
        payload -> Arrays.toString(CollectFrame.read(payload)),
        Arrays.toString(ids));
    assertThat(TraceHash.of(0x8448eb211c80319cL)).isEqualTo(45_359);
  }

  @Test
  void goAway() {
    encodes("goaway-announced", ANNOUNCED::write);
    encodes("goaway-renewal", RENEWAL::write);
    encodes("goaway-error", TOO_LARGE::write);
    decodes("goaway-announced", FrameType.GOAWAY, 0, 0, GoAway::read, ANNOUNCED);
    decodes("goaway-renewal", FrameType.GOAWAY, 0, 0, GoAway::read, RENEWAL);
    decodes("goaway-error", FrameType.GOAWAY, 0, 0, GoAway::read, TOO_LARGE);
  }

  private void encodes(String name, Consumer<ByteBuf> writer) {
    ByteBuf out = Unpooled.buffer();
    writer.accept(out);
    assertThat(ByteBufUtil.hexDump(out)).isEqualTo(HexFormat.of().formatHex(vector(name)));
  }

  private <T> void decodes(
      String name, int type, int flags, int streamId, Function<ByteBuf, T> reader, T expected) {
    ByteBuf bytes = Unpooled.buffer();
    Preface.write(bytes);
    bytes.writeBytes(vector(name));
    DecodedFrames decoded = DecodedFrames.of(ByteBufUtil.getBytes(bytes), bytes.readableBytes());

    assertThat(decoded.frames).hasSize(1);
    DecodedFrames.Frame frame = decoded.frames.get(0);
    assertThat(frame.type()).isEqualTo(type);
    assertThat(frame.flags()).isEqualTo(flags);
    assertThat(frame.streamId()).isEqualTo(streamId);
    ByteBuf payload = Unpooled.wrappedBuffer(HexFormat.of().parseHex(frame.payload()));
    assertThat(reader.apply(payload)).isEqualTo(expected);
  }

  private byte[] vector(String name) {
    byte[] bytes = vectors.get(name);
    if (bytes == null) {
      throw new AssertionError("docs/wire-protocol.md has no vector " + name);
    }
    return bytes;
  }

  private static Map<String, byte[]> vectors() {
    Matcher matcher = VECTOR.matcher(document());
    Map<String, byte[]> found = new LinkedHashMap<>();
    while (matcher.find()) {
      String digits = matcher.group(2).replaceAll("(?m)#.*$", "").replaceAll("\\s", "");
      found.put(matcher.group(1), HexFormat.of().parseHex(digits));
    }
    return found;
  }

  private static String document() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/wire-protocol.md"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new AssertionError("docs/wire-protocol.md (expected: in this folder or one above)");
    }
    try {
      return Files.readString(folder.resolve("docs/wire-protocol.md"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("docs/wire-protocol.md is not readable", e);
    }
  }
}
