package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcChannel.Stage;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcServerBuilder;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.ledger.TraceContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who breaks an interceptor's contract on a server is named to the caller. */
class ServerInterceptorTest {
  private final CounterService service = new CounterService();
  private @Nullable RpcServer server;
  private @Nullable RpcChannel channel;

  /** What a stage does, without the generics. */
  private interface Behaviour {
    @Nullable CompletionStage<Object> apply(
        CallSpec<Object, Object> call, Object request, Interceptor.Next<Object, Object> next);
  }

  @AfterEach
  void stop() {
    if (channel != null) {
      channel.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void stagesAreListedInOrderBetweenLedgerAndHandler() {
    RpcServer listed =
        serve(
            stage("tenant", ServerInterceptorTest::pass),
            stage("log", ServerInterceptorTest::pass));

    assertThat(listed.pipeline())
        .extracting(Stage::name)
        .containsExactly(
            "frame", "gate", "deadline", "dispatch", "ledger", "tenant", "log", "handler");
    assertThat(listed.pipeline()).extracting(Stage::description).doesNotContain("");
    assertThat(call()).isEqualTo("ping");
  }

  @Test
  void aStageThatReturnsNullIsNamed() {
    serve(stage("broken", (call, request, next) -> null));

    RpcException error = failure();
    assertThat(error.code()).isEqualTo(Code.INTERNAL);
    assertThat(error).hasMessageContaining("interceptor broken returned null (expected: a stage)");
  }

  @Test
  void aStageThatProceedsTwiceIsNamedAndTheHandlerRunsOnce() {
    serve(
        stage(
            "twice",
            (call, request, next) -> {
              next.proceed(call, request);
              return next.proceed(call, request);
            }));

    assertThat(failure()).hasMessageContaining("interceptor twice proceeded twice");
    assertThat(service.handled).hasValue(1);
  }

  @Test
  void aStageThatThrowsIsNamed() {
    serve(
        stage("log", ServerInterceptorTest::pass),
        stage(
            "broken",
            (call, request, next) -> {
              throw new IllegalStateException("no disk");
            }));

    RpcException error = failure();
    assertThat(error.code()).isEqualTo(Code.INTERNAL);
    assertThat(error)
        .hasMessageContaining("interceptor broken threw java.lang.IllegalStateException: no disk");
  }

  @Test
  void aStatusThatAStageThrowsIsTheCallsStatus() {
    serve(
        stage(
            "auth",
            (call, request, next) -> {
              throw new RpcException(Code.PERMISSION_DENIED, "not you");
            }));

    assertThat(failure().code()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(service.handled).hasValue(0);
  }

  @Test
  void aStageThatNeitherProceedsNorAnswersIsNamedAtTheDeadline() throws Exception {
    serve(
        stage("log", ServerInterceptorTest::pass),
        stage("stuck", (call, request, next) -> new CompletableFuture<>()));

    assertThat(lateFailure())
        .contains("deadline passed in interceptor stuck, which neither proceeded nor answered");
  }

  @Test
  void aStageThatHoldsTheReplyIsNamedAtTheDeadline() throws Exception {
    serve(
        stage(
            "greedy",
            (call, request, next) -> {
              next.proceed(call, request);
              return new CompletableFuture<>();
            }),
        stage("inner", ServerInterceptorTest::pass));

    assertThat(lateFailure())
        .contains("deadline passed in interceptor greedy, which holds the reply");
  }

  private static @Nullable CompletionStage<Object> pass(
      CallSpec<Object, Object> call, Object request, Interceptor.Next<Object, Object> next) {
    return next.proceed(call, request);
  }

  private RpcServer serve(Interceptor... stages) {
    RpcServerBuilder builder = RpcServer.builder("counter").service(service);
    for (Interceptor stage : stages) {
      builder.interceptor(stage);
    }
    RpcServer started = builder.start();
    server = started;
    channel = RpcChannel.builder("counter").inProcess(started).build();
    return started;
  }

  private String call() {
    if (channel == null) {
      throw new AssertionError("serve first");
    }
    return channel.call(
        CounterService.WRITE, "ping", CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20)));
  }

  private RpcException failure() {
    return catchThrowableOfType(RpcException.class, this::call);
  }

  /** The server's own word for a call that nobody answers; a channel's would come first. */
  private String lateFailure() throws Exception {
    if (server == null) {
      throw new AssertionError("serve first");
    }
    CompletableFuture<AttemptResult<String>> result = new CompletableFuture<>();
    try (EndpointConnection connection =
        server
            .inProcess()
            .open(
                new EndpointAddress("counter", "", "", "in-process", 0),
                ProcessIdentity.of("test"),
                (state, cause) -> {})) {
      connection.send(
          new AttemptRequest<>(
              CounterService.WRITE,
              "ping",
              Metadata.EMPTY,
              Deadline.after(Duration.ofMillis(200), System.nanoTime()),
              1,
              new TraceContext(1, 2, 3, TraceContext.SAMPLED, (byte) 0)),
          result::complete);
      return result.get(20, TimeUnit.SECONDS).status().toString();
    }
  }

  private static Interceptor stage(String name, Behaviour behaviour) {
    return new Interceptor() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description() {
        return "Does what a test wants.";
      }

      @Override
      // The test's method is text to text, and one stage answers null on purpose.
      @SuppressWarnings({"unchecked", "NullAway"})
      public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
        return (CompletionStage<R>)
            behaviour.apply((CallSpec<Object, Object>) call, request, (Next<Object, Object>) next);
      }
    };
  }
}
