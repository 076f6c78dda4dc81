package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptResult.Replied;
import dev.clearspan.rpc.ledger.ServedRecord;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What the ledger is told of served calls, and what handlers and interceptors see. */
class ServedLedgerTest {
  private static final String TRACE_ID = TestCaller.TRACE.traceId();

  private final ServedLedger ledger = new ServedLedger();
  private final EchoService service = new EchoService();
  private final SpyInterceptor spy = new SpyInterceptor();
  private RpcServer server;
  private TestCaller caller;

  @BeforeEach
  void start() {
    server = RpcServer.builder("echo").service(service).ledger(ledger).interceptor(spy).start();
    caller = TestCaller.to(server.port());
  }

  @AfterEach
  void stop() {
    caller.close();
    service.release.countDown();
    server.close();
  }

  @Test
  void everyCallIsRecordedOnceWithItsTimes() throws Exception {
    Replied<StringValue> reply = (Replied<StringValue>) caller.call(EchoService.ECHO, "abc");

    assertThat(reply.keep()).isTrue();
    ServedLedger.Served call = ledger.served.get(0);
    assertThat(call.method).isEqualTo("test.Echo/Echo");
    assertThat(call.caller).isEqualTo("tester");
    assertThat(call.remote).isEqualTo(TestCaller.TRACE);
    assertThat(call.scopes).isEqualTo(1);
    ServedRecord record = recorded(call);
    assertThat(record.status()).isEqualTo(Status.OK);
    assertThat(record.errorType()).isNull();
    assertThat(record.requestBytes()).isEqualTo(5);
    assertThat(record.responseBytes()).isEqualTo(5);
    assertThat(record.startNanos()).isLessThanOrEqualTo(record.handlerNanos());
    assertThat(record.handlerNanos()).isLessThanOrEqualTo(record.endNanos());
    assertThat(reply.serverNanos()).isEqualTo(record.endNanos() - record.startNanos());
    assertThat(reply.serverQueueNanos()).isEqualTo(record.handlerNanos() - record.startNanos());
  }

  @Test
  void failuresAreRecordedByTheirKind() throws Exception {
    caller.call(EchoService.FAIL, "");
    caller.call(EchoService.CRASH, "");
    caller.call(EchoService.MISSING, "");
    caller.send(EchoService.BLOCK, "", Duration.ofMillis(500)).await(Duration.ofSeconds(5));

    assertThat(ledger.served.stream().map(call -> recorded(call).errorType()))
        .containsExactly(
            "NOT_FOUND", "java.lang.IllegalStateException", "UNIMPLEMENTED", "DEADLINE_EXCEEDED");
    assertThat(ledger.served.get(2).scopes).isZero();
  }

  @Test
  void cancelledCallsAreRecordedAsCancelled() throws Exception {
    TestCaller.Sent sent = caller.send(EchoService.BLOCK, "", Duration.ofSeconds(5));
    await().until(() -> service.handled.get() == 1);
    sent.attempt().cancel();

    await().until(() -> ledger.served.get(0).record != null);
    assertThat(recorded(ledger.served.get(0)).status().code()).isEqualTo(Status.Code.CANCELLED);
  }

  @Test
  void interceptorsSeeTheCallAndLogLinesItsTrace() throws Exception {
    caller.call(EchoService.ECHO, "abc");

    CallSpec<?, ?> seen = Objects.requireNonNull(spy.seen.get());
    assertThat(seen.side()).isEqualTo(CallSpec.Side.SERVER);
    assertThat(seen.method().fullName()).isEqualTo("test.Echo/Echo");
    assertThat(seen.peerService()).isEqualTo("tester");
    assertThat(seen.traceId()).isEqualTo(TRACE_ID);
    assertThat(spy.mdc.get()).isEqualTo(TRACE_ID);
    assertThat(server.pipeline().stream().map(stage -> stage.name()))
        .containsExactly("frame", "gate", "deadline", "dispatch", "ledger", "spy", "handler");
  }

  private static ServedRecord recorded(ServedLedger.Served call) {
    ServedRecord record = call.record;
    if (record == null) {
      throw new AssertionError("no end of " + call.method + " was told");
    }
    return record;
  }

  private static final class SpyInterceptor implements Interceptor {
    final AtomicReference<CallSpec<?, ?>> seen = new AtomicReference<>();
    final AtomicReference<String> mdc = new AtomicReference<>();

    @Override
    public String name() {
      return "spy";
    }

    @Override
    public String description() {
      return "Remembers the call.";
    }

    @Override
    public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
      seen.set(call);
      mdc.set(MDC.get("trace_id"));
      return next.proceed(call, request);
    }
  }
}
