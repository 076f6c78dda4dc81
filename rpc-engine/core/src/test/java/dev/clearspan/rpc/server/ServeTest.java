package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.AttemptResult.Replied;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unary calls over a real socket: replies, errors, deadlines, cancellation. */
class ServeTest {
  private static final Duration LONG = Duration.ofSeconds(5);

  private final EchoService service = new EchoService();
  private RpcServer server;
  private TestCaller caller;

  @BeforeEach
  void start() {
    server = RpcServer.builder("echo").service(service).start();
    caller = TestCaller.to(server.port());
  }

  @AfterEach
  void stop() {
    caller.close();
    service.release.countDown();
    server.close();
  }

  @Test
  void replyCarriesMessageAndServerTimes() throws Exception {
    Replied<StringValue> reply = replied(caller.call(EchoService.ECHO, "hello"));

    assertThat(reply.status()).isEqualTo(Status.OK);
    assertThat(TestCaller.textOf(reply)).isEqualTo("hello");
    assertThat(reply.serverNanos()).isPositive();
    assertThat(reply.serverQueueNanos()).isBetween(0L, reply.serverNanos());
    assertThat(reply.requestBytes()).isEqualTo(7);
  }

  @Test
  void messagesOfAllSizesComeBack() throws Exception {
    for (int size : new int[] {0, 1, 1023, 65_536, 70_000, 1_000_000, 4_000_000}) {
      String text = "x".repeat(size);
      assertThat(TestCaller.textOf(caller.call(EchoService.ECHO, text))).isEqualTo(text);
    }
  }

  @Test
  void statusOfARpcExceptionReachesTheCaller() throws Exception {
    assertThat(caller.call(EchoService.FAIL, "key").status())
        .isEqualTo(Status.of(Status.Code.NOT_FOUND, "no such thing: key"));
  }

  @Test
  void otherExceptionsAreUnknownWithClassAndMessage() throws Exception {
    assertThat(caller.call(EchoService.CRASH, "it").status())
        .isEqualTo(
            Status.of(Status.Code.UNKNOWN, "java.lang.IllegalStateException: crashed on it"));
  }

  @Test
  void unknownMethodNamesWhatIsOffered() throws Exception {
    Status status = caller.call(EchoService.MISSING, "").status();

    assertThat(status.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(status.message()).contains("test.Echo/Missing").contains("Echo, Fail, Crash, Block");
  }

  @Test
  void deadlineEndsTheCallAndInterruptsTheHandler() throws Exception {
    TestCaller.Sent sent = caller.send(EchoService.BLOCK, "", Duration.ofMillis(800));
    await().until(() -> service.handled.get() == 1);
    AttemptResult<StringValue> result = sent.await(LONG);

    assertThat(result.status().code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    await().until(() -> service.interrupted.get() == 1);
    assertThat(service.sawCancelled).isTrue();
    await().until(() -> service.hooked.get() == 1);
    await().until(() -> server.inFlight() == 0);
  }

  @Test
  void expiredCallIsNeverRun() throws Exception {
    AttemptResult<StringValue> result =
        caller.send(EchoService.ECHO, "", Duration.ofNanos(1)).await(LONG);

    assertThat(result.status().code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(service.handled).hasValue(0);
  }

  @Test
  void cancelReachesTheHandler() throws Exception {
    TestCaller.Sent sent = caller.send(EchoService.BLOCK, "", LONG);
    await().until(() -> service.handled.get() == 1);
    sent.attempt().cancel();

    assertThat(sent.await(LONG)).isInstanceOf(AttemptResult.Cancelled.class);
    await().until(() -> service.interrupted.get() == 1 && service.hooked.get() == 1);
    await().until(() -> server.inFlight() == 0);
    assertThat(caller.connection.inFlight()).isZero();
  }

  @Test
  void anotherServerAtTheAddressIsNotTheEndpoint() {
    try (TestCaller wrong =
        new TestCaller(new EndpointAddress("orders", "", "", "127.0.0.1", server.port()))) {
      wrong.awaitState(ConnectionState.UNREACHABLE);
      assertThat(wrong.states.get(0)).contains("service echo (expected: orders)");
    }
  }

  private static Replied<StringValue> replied(AttemptResult<StringValue> result) {
    assertThat(result).isInstanceOf(Replied.class);
    return (Replied<StringValue>) result;
  }
}
