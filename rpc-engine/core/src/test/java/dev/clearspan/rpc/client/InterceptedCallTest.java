package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.RpcChannel.Stage;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterceptedCallTest extends ChannelFixture {
  private final List<String> seen = new ArrayList<>();

  /** What a stage does, without the generics. */
  private interface Behaviour {
    @Nullable CompletionStage<Object> apply(
        CallSpec<Object, Object> call, Object request, Interceptor.Next<Object, Object> next);
  }

  @BeforeEach
  void oneInstance() {
    registry.put(1);
  }

  @Test
  void stagesRunInOrderAndMayChangeTheCall() {
    open(
        builder ->
            builder
                .interceptor(
                    stage(
                        "tenant",
                        (call, request, next) ->
                            next.proceed(
                                call.withMetadata(call.metadata().with("tenant", "blue")),
                                request)))
                .interceptor(
                    stage(
                        "log",
                        (call, request, next) -> {
                          seen.add(call.peerService() + " " + call.metadata().first("tenant"));
                          return next.proceed(call, request + "!");
                        })));

    assertThat(call(GET)).isEqualTo("ping!");

    assertThat(seen).containsExactly("payments blue");
    assertThat(peer(1).received().get(0).metadata().first("tenant")).isEqualTo("blue");
    assertThat(channel().pipeline())
        .extracting(Stage::name)
        .containsExactly(
            "deadline",
            "tenant",
            "log",
            "fallback",
            "throttle",
            "fault",
            "retry",
            "balancer",
            "breaker",
            "transport");
    assertThat(ledger.last().end().attempts()).isEqualTo(1);
  }

  @Test
  void aStageMayAnswerByItself() {
    open(
        builder ->
            builder.interceptor(
                stage("cache", (c, r, next) -> CompletableFuture.completedFuture("cached"))));

    assertThat(call(GET)).isEqualTo("cached");
    assertThat(received(1)).isZero();
    assertThat(ledger.last().end().attempts()).isZero();
  }

  @Test
  void aStageThatReturnsNullIsNamed() {
    open(builder -> builder.interceptor(stage("broken", (c, r, next) -> null)));

    assertThat(failure(GET).code()).isEqualTo(Code.INTERNAL);
    assertThat(failure(GET)).hasMessageContaining("interceptor broken returned null");
  }

  @Test
  void aStageThatThrowsIsNamed() {
    open(
        builder ->
            builder.interceptor(
                stage(
                    "broken",
                    (c, r, next) -> {
                      throw new IllegalStateException("no token");
                    })));

    RpcException error = failure(GET);

    assertThat(error)
        .hasMessageContaining("interceptor broken threw")
        .hasMessageContaining("token");
    assertThat(site(error).stage()).isEqualTo("broken");
    assertThat(ledger.last().end().errorType()).isEqualTo("INTERNAL");
  }

  @Test
  void aStatusThatAStageThrowsIsTheCallsStatus() {
    open(
        builder ->
            builder.interceptor(
                stage(
                    "auth",
                    (c, r, next) -> {
                      throw new RpcException(Code.UNAUTHENTICATED, "no token");
                    })));

    RpcException error = failure(GET);

    assertThat(error.code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(site(error).stage()).isEqualTo("auth");
    assertThat(error.traceId()).isNotNull();
  }

  @Test
  void aStageThatProceedsTwiceIsNamed() {
    open(
        builder ->
            builder.interceptor(
                stage(
                    "twice",
                    (call, request, next) -> {
                      next.proceed(call, request);
                      return next.proceed(call, request);
                    })));

    assertThat(failure(GET)).hasMessageContaining("interceptor twice proceeded twice");
    assertThat(received(1)).isEqualTo(1);
  }

  @Test
  void aFailureKeepsItsFinerWordThroughTheChain() {
    open(builder -> builder.interceptor(stage("log", (call, r, next) -> next.proceed(call, r))));
    peer(1).answers(FakeTransport.lost());

    assertThat(failure(CHARGE).code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(ledger.last().end().errorType()).isEqualTo("connection_lost");
  }

  @Test
  void aStageThatNeitherProceedsNorAnswersIsNamedAtTheDeadline() {
    open(
        builder ->
            builder
                .interceptor(stage("log", (call, r, next) -> next.proceed(call, r)))
                .interceptor(stage("stuck", (c, r, next) -> new CompletableFuture<>()))
                .interceptor(stage("inner", (call, r, next) -> next.proceed(call, r))));
    CompletableFuture<String> call = start(GET);
    clock.advanceMillis(1_010);

    RpcException error = failure(call);
    assertThat(error.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(error)
        .hasMessageContaining("interceptor stuck, which neither proceeded nor answered");
    assertThat(site(error).stage()).isEqualTo("stuck");
    assertThat(ledger.last().end().attempts()).isZero();
  }

  @Test
  void aStageThatHoldsTheReplyIsNamedAtTheDeadline() {
    open(
        builder ->
            builder
                .interceptor(stage("outer", (call, r, next) -> next.proceed(call, r)))
                .interceptor(
                    stage(
                        "greedy",
                        (call, r, next) -> {
                          next.proceed(call, r);
                          return new CompletableFuture<>();
                        })));
    CompletableFuture<String> call = start(GET);
    assertThat(received(1)).isEqualTo(1);
    assertThat(call).isNotDone();
    clock.advanceMillis(1_050);

    RpcException error = failure(call);
    assertThat(error.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(error).hasMessageContaining("interceptor greedy, which holds the reply");
    assertThat(ledger.last().end().attempts()).isEqualTo(1);
  }

  @Test
  void aStageThatSwallowsTheEndOfAnAttemptAtTheDeadlineIsNamed() {
    open(
        builder ->
            builder.interceptor(
                stage(
                    "swallow",
                    (call, r, next) -> {
                      CompletableFuture<Object> kept = new CompletableFuture<>();
                      next.proceed(call, r).thenAccept(kept::complete);
                      return kept;
                    })));
    peer(1).holds();
    CompletableFuture<String> call = start(CHARGE);
    clock.advanceMillis(3_050);

    assertThat(failure(call)).hasMessageContaining("interceptor swallow, which holds the reply");
  }

  @Test
  void anAttemptThatTheDeadlineEndsIsTheCallsFailureNotAStages() {
    open(builder -> builder.interceptor(stage("log", (call, r, next) -> next.proceed(call, r))));
    peer(1).holds();
    CompletableFuture<String> call = start(CHARGE);
    clock.advanceMillis(3_050);

    assertThat(failure(call).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(failure(call)).hasMessageNotContaining("interceptor");
  }

  @Test
  void cancellingReachesTheAttempt() {
    open(builder -> builder.interceptor(stage("log", (call, r, next) -> next.proceed(call, r))));
    peer(1).holds();
    CompletableFuture<String> call = start(CHARGE);

    call.cancel(true);

    assertThat(peer(1).heldCalls()).isZero();
    assertThat(failure(call).code()).isEqualTo(Code.CANCELLED);
  }

  @Test
  void aFallbacksReplyPassesTheStagesAndTheLedgerHearsOfTheFailure() {
    open(
        builder ->
            builder
                .fallback("apology", GET, (request, failure) -> "sorry")
                .interceptor(
                    stage(
                        "polite",
                        (call, r, next) ->
                            next.proceed(call, r).thenApply(reply -> reply + ", really"))));
    policy("{\"service\": {\"fallback\": {\"handler\": \"apology\"}}}");
    peer(1).answers(FakeTransport.status(Code.RESOURCE_EXHAUSTED));

    assertThat(call(GET)).isEqualTo("sorry, really");
    assertThat(ledger.last().end().status().code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(ledger.last().end().errorType()).isEqualTo("RESOURCE_EXHAUSTED");
  }

  @Test
  void theLedgerHearsOfTheEndWhenTheLastHedgeHasEnded() {
    open(builder -> builder.interceptor(stage("log", (call, r, next) -> next.proceed(call, r))));
    registry.put(2);
    policy("{\"service\": {\"hedge\": {\"delay\": \"0.050s\"}}}");
    peer(1).holds();
    peer(2).holds();
    CompletableFuture<String> call = start(GET);
    clock.advanceMillis(60);

    peer(2).release();

    assertThat(call).isCompletedWithValue("ping");
    assertThat(peer(1).heldCalls()).isZero();
    assertThat(ledger.last().attempts()).hasSize(2);
    assertThat(ledger.last().end().status().isOk()).isTrue();
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
      // The tests' methods are all text to text, and one stage answers null on purpose.
      @SuppressWarnings({"unchecked", "NullAway"})
      public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
        return (CompletionStage<R>)
            behaviour.apply((CallSpec<Object, Object>) call, request, (Next<Object, Object>) next);
      }
    };
  }
}
