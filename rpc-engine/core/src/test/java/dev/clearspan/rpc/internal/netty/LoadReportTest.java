package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.endtoend.StreamService;
import dev.clearspan.rpc.internal.frame.Codings;
import dev.clearspan.rpc.internal.frame.FrameType;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.frame.MethodName;
import dev.clearspan.rpc.internal.frame.RequestHead;
import dev.clearspan.rpc.internal.frame.StreamWindows;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.TestCaller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers tell their load to those that want to hear it, in a few of their replies. */
class LoadReportTest {
  private static final int WITH_EXTENSION = 0x80;
  private static final long TEN_SECONDS = 10_000_000_000L;
  private static final int CALLS = 200;

  private RpcServer server;

  @BeforeEach
  void start() {
    server =
        RpcServer.builder("echo").service(new EchoService()).service(new StreamService()).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCallerKnowsItAfterItsCalls() throws Exception {
    try (TestCaller caller = TestCaller.to(server.port())) {
      assertThat(caller.connection.loadReport()).isNull();
      await().until(() -> report(caller).handlerNanos() > 0);

      assertThat(report(caller).inFlight()).isBetween(0, 1);
      assertThat(report(caller).queued()).isZero();
      assertThat(report(caller).ageNanos(System.nanoTime())).isNotNegative();
      assertThat(report(caller).memory()).isBetween(0.0, 1.0);
      await().until(() -> report(caller).cpu() >= 0 && report(caller).cpu() <= 1);
    }
  }

  @Test
  void atMostOneReplyInAHundredMillisecondsCarriesIt() throws Exception {
    long start = System.nanoTime();
    List<Integer> flags = flagsOfReplies(100);
    long intervals = (System.nanoTime() - start) / 100_000_000;

    long reports = flags.stream().filter(each -> (each & WITH_EXTENSION) != 0).count();
    assertThat(reports).isBetween(1L, intervals + 1);
    assertThat(flags.get(0) & WITH_EXTENSION).isNotZero();
  }

  @Test
  void aPeerThatDoesNotWantItHearsNothingNew() throws Exception {
    assertThat(flagsOfReplies(0)).allMatch(flags -> (flags & WITH_EXTENSION) == 0);
  }

  @Test
  void theEndOfAStreamCarriesIt() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), hello(100))) {
      peer.open(1, StreamService.COUNT).data(1, "3", true).end(1);
      StreamPeer.Frame end = peer.next(FrameType.RESPONSE);

      assertThat(end.flags() & WITH_EXTENSION).isNotZero();
      assertThat(end.response().status().isOk()).isTrue();
    }
  }

  private static LoadReport report(TestCaller caller) throws Exception {
    String text = TestCaller.textOf(caller.call(EchoService.ECHO, "seven"));
    assertThat(text).isEqualTo("seven");
    return Objects.requireNonNull(caller.connection.loadReport(), "a report with the first reply");
  }

  private List<Integer> flagsOfReplies(int loadMillis) throws IOException {
    byte[] message = StringValue.of("seven").toByteArray();
    List<Integer> flags = new ArrayList<>();
    try (StreamPeer peer = new StreamPeer(server.port(), hello(loadMillis))) {
      peer.send(new MethodName(1, EchoService.ECHO.fullName(), "proto")::write);
      for (int i = 1; i <= CALLS; i++) {
        int streamId = i;
        peer.send(
            out -> {
              new RequestHead(1, 1, TEN_SECONDS, null, Metadata.EMPTY).write(out);
              out.writeBytes(message);
              RequestHead.complete(out, streamId, 1, TEN_SECONDS);
            });
        StreamPeer.Frame reply = peer.next(FrameType.RESPONSE);
        assertThat(reply.message()).isEqualTo(message);
        flags.add(reply.flags());
      }
    }
    return flags;
  }

  private static Hello hello(int loadMillis) {
    return new Hello(
        "peer",
        "p",
        "n",
        4 << 20,
        100,
        200,
        new StreamWindows(1 << 20, 1 << 20),
        Codings.NONE,
        loadMillis,
        false);
  }
}
