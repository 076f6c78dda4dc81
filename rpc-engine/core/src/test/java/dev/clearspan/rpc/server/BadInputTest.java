package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, the server answers clearly, closes if it must, and goes on serving. */
class BadInputTest {
  // METHOD 1 = test.Echo/Echo, codec proto
  private static final String BIND_ECHO =
      "00000019 08 00 00000000 0001 000e 746573742e4563686f2f4563686f 0005 70726f746f";
  private static final String ONE_SECOND = "000000003b9aca00";

  private final EchoService service = new EchoService();
  private RpcServer server;

  @BeforeEach
  void start() {
    Limits limits =
        Limits.DEFAULT.with(Limit.HANDSHAKE, Duration.ofMillis(400)).with(Limit.CONNECTIONS, 3);
    server = RpcServer.builder("echo").service(service).limits(limits).start();
  }

  @AfterEach
  void serverStillServesAndStops() throws Exception {
    try (TestCaller caller = TestCaller.to(server.port())) {
      assertThat(TestCaller.textOf(caller.call(EchoService.ECHO, "alive"))).isEqualTo("alive");
    }
    await().until(() -> server.inFlight() == 0);
    server.close();
  }

  @Test
  void garbageIsAnsweredWithWhatWasExpected() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.sendHex("00112233445566778899").readToEnd())
          .contains("preface: 0011223344556677 (expected: c5434c4541520001)");
    }
  }

  @Test
  void overLongFrameIsRefusedBeforeItsBytesCome() throws IOException {
    try (RawPeer peer = greeted()) {
      assertThat(peer.sendHex("7fffffff 02 00 00000001").readToEnd())
          .contains("frame length: 2147483647 bytes (expected: <= 4210688)");
    }
  }

  @Test
  void requestBeforeHelloIsRefused() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.sendHex(RawPeer.PREFACE, "00000000 02 00 00000001").readToEnd())
          .contains("first frame: type 2 (expected: HELLO)");
    }
  }

  @Test
  void unboundMethodNumberIsRefused() throws IOException {
    try (RawPeer peer = greeted()) {
      peer.sendHex("0000000c 02 00 00000001 0007 01 00 " + ONE_SECOND);
      assertThat(peer.readToEnd()).contains("method id: 7 (expected: one bound by METHOD)");
    }
  }

  @Test
  void streamInUseIsRefused() throws IOException {
    String request = "0000000c 02 00 00000001 0001 01 00 " + ONE_SECOND;
    String block =
        "0000001a 08 00 00000000 0001 000f 746573742e4563686f2f426c6f636b 0005 70726f746f";
    try (RawPeer peer = greeted()) {
      assertThat(peer.sendHex(block, request, request).readToEnd())
          .contains("stream id: 1 (expected: positive and not in use)");
    }
    await().until(() -> server.inFlight() == 0);
  }

  @Test
  void truncatedRequestIsRefused() throws IOException {
    try (RawPeer peer = greeted()) {
      assertThat(peer.sendHex("00000004 02 00 00000001 00010100").readToEnd())
          .contains("REQUEST: 4 bytes left (expected: >= 12)");
    }
  }

  @Test
  void undecodablePayloadIsAnsweredAndTheConnectionLivesOn() throws IOException {
    try (RawPeer peer = greeted()) {
      peer.sendHex(BIND_ECHO, "00000010 02 00 00000001 0001 01 00 " + ONE_SECOND + "0aff0102");
      assertThat(peer.readUntil("(expected: protobuf)"))
          .contains("request of test.Echo/Echo")
          .contains("google.protobuf.StringValue");
      peer.sendHex("0000000f 02 00 00000002 0001 01 00 " + ONE_SECOND + "0a0137");
      assertThat(peer.readUntil("\n\u00017")).endsWith("\n\u00017");
    }
    assertThat(service.handled).hasValue(1);
  }

  @Test
  void unknownServiceNamesWhatIsOffered() throws IOException {
    String bind = "00000010 08 00 00000000 0001 0005 6e6f2f6e6f 0005 70726f746f";
    try (RawPeer peer = greeted()) {
      peer.sendHex(bind, "0000000c 02 00 00000001 0001 01 00 " + ONE_SECOND);
      assertThat(peer.readUntil("test.Echo"))
          .contains("unknown service of no/no (offered: test.Echo");
    }
  }

  @Test
  void anotherCodecIsNamed() throws IOException {
    String bind = "00000018 08 00 00000000 0001 000e 746573742e4563686f2f4563686f 0004 6a736f6e";
    try (RawPeer peer = greeted()) {
      peer.sendHex(bind, "0000000c 02 00 00000001 0001 01 00 " + ONE_SECOND);
      assertThat(peer.readUntil("proto)")).contains("json (expected: proto)");
    }
  }

  @Test
  void aSilentConnectionIsClosedAfterTheHandshakeTime() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      long start = System.nanoTime();
      assertThat(peer.readToEnd()).isEmpty();
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(300L, 3000L);
    }
  }

  @Test
  void aPrefaceWithoutHelloIsClosedAfterTheHandshakeTime() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.sendHex(RawPeer.PREFACE, "0000").readToEnd()).contains("CLEAR");
    }
  }

  @Test
  void aHalfSentRequestOfAClientThatLeavesIsForgotten() throws IOException {
    try (RawPeer peer = greeted()) {
      peer.sendHex(BIND_ECHO, "00010000 02 00 00000001 0001").finish();
      assertThat(peer.readToEnd()).contains("CLEAR");
    }
    assertThat(service.handled).hasValue(0);
  }

  @Test
  void pingsThatComeTooFastCloseTheConnection() throws IOException {
    try (RawPeer peer = greeted()) {
      peer.sendHex("00000008 05 00 00000000 0000000000000001".repeat(14));
      assertThat(peer.readToEnd()).contains("pings closer than PT0.2S: 11 (expected: <= 10)");
    }
  }

  @Test
  void unknownFrameTypesAreSkipped() throws IOException {
    try (RawPeer peer = greeted()) {
      peer.sendHex("00000003 7e ff 00000009 010203");
      peer.sendHex(BIND_ECHO, "0000000f 02 00 00000002 0001 01 00 " + ONE_SECOND + "0a0137");
      assertThat(peer.readUntil("\n\u00017")).endsWith("\n\u00017");
    }
  }

  @Test
  void connectionsOverTheLimitAreClosed() throws IOException {
    try (RawPeer a = greeted();
        RawPeer b = greeted();
        RawPeer c = greeted()) {
      a.readUntil("echo");
      b.readUntil("echo");
      c.readUntil("echo");
      try (RawPeer tooMany = new RawPeer(server.port())) {
        assertThat(tooMany.readToEnd()).isEmpty();
      }
    }
    await().until(() -> canConnect());
  }

  private boolean canConnect() throws IOException {
    try (RawPeer peer = greeted()) {
      return peer.readUntil("echo").contains("echo");
    }
  }

  private RawPeer greeted() throws IOException {
    return new RawPeer(server.port()).sendHex(RawPeer.PREFACE, RawPeer.EMPTY_HELLO);
  }
}
