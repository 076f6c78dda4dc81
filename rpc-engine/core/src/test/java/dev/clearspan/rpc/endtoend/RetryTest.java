package dev.clearspan.rpc.endtoend;

import static dev.clearspan.rpc.endtoend.Fleet.GET;
import static dev.clearspan.rpc.endtoend.Fleet.PATIENT;
import static dev.clearspan.rpc.endtoend.Fleet.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.Origin;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.TextCodec;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.retry.Pushback;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is tried again, and what never is, over sockets. */
class RetryTest {
  private final Fleet fleet = new Fleet();
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger served = new AtomicInteger();
  private final List<Integer> attempts = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    fleet.close();
  }

  @Test
  void networkTimeoutRetriesOnAnotherNodeTwice() {
    for (int i = 0; i < 3; i++) {
      fleet.serve(this::silentTwice);
    }
    fleet.policy("{\"service\": {\"deadline\": {\"attemptTimeout\": \"0.300s\"}}}");

    assertThat(fleet.open().call(GET, text("7"), PATIENT)).isEqualTo(text("attempt 3"));

    assertThat(attempts).containsExactly(1, 2, 3);
    assertThat(fleet.ledger.last().attempts())
        .extracting(AttemptRecord::peerInstance)
        .doesNotHaveDuplicates()
        .hasSize(3);
  }

  @Test
  void serviceNotFoundNeverRetries() {
    fleet.serve(request -> request);
    fleet.serve(request -> request);
    MethodSpec<String, String> unknown =
        TextCodec.method("test.Nowhere/Get", MethodKind.QUERY, true);
    RpcChannel channel = fleet.open();

    RpcException error =
        catchThrowableOfType(
            RpcException.class, () -> channel.call(unknown, "7", CallOptions.DEFAULT));

    assertThat(error.code()).isEqualTo(Code.UNIMPLEMENTED);
    assertThat(fleet.ledger.last().attempts()).hasSize(1);
  }

  @Test
  void serialisationFailureStopsAndReports() {
    fleet.serve(request -> request);
    fleet.serve(request -> request);
    MethodSpec<String, String> text = TextCodec.method(GET.fullName(), MethodKind.QUERY, true);
    RpcChannel channel = fleet.open();

    RpcException error =
        catchThrowableOfType(RpcException.class, () -> channel.call(text, "?", PATIENT));

    assertThat(error.code()).isEqualTo(Code.INTERNAL);
    assertThat(error).hasMessageContaining("message: ? (expected: text)");
    assertThat(fleet.ledger.last().attempts()).hasSize(1);
    assertThat(fleet.ledger.last().end().status().code()).isEqualTo(Code.INTERNAL);
  }

  @ParameterizedTest
  @CsvSource({"CLEARSPAN, -1, 1", "GRPC, -1, 1", "CLEARSPAN, 1, 3", "GRPC, 1, 3"})
  void aServersPushbackIsObeyed(Protocol protocol, String millis, int attemptsMade) {
    fleet.serve(request -> pushedBack(millis));
    fleet.serve(request -> pushedBack(millis));
    RpcChannel channel = fleet.open(builder -> builder.protocol(protocol));

    RpcException error =
        catchThrowableOfType(RpcException.class, () -> channel.call(GET, text("7"), PATIENT));

    assertThat(error.code()).isEqualTo(millis.equals("-1") ? Code.UNAVAILABLE : Code.INTERNAL);
    assertThat(served).hasValue(attemptsMade);
  }

  @Test
  void aBudgetOfNothingIsInForceWithTheNextCall() {
    fleet.serve(this::fails);
    RpcChannel channel = fleet.open();
    fleet.policy("{\"service\": {\"retry\": {\"budgetTokens\": 0}}}");

    assertThat(
            catchThrowableOfType(RpcException.class, () -> channel.call(GET, text("7"), PATIENT)))
        .hasMessageContaining("always");

    assertThat(served).hasValue(1);
    assertThat(fleet.sample("clearspan.client.retry.throttled")).isEqualTo(1);
  }

  @Test
  void aBackendThatFailsAlwaysIsSentLittleMoreThanIsAsked() {
    fleet.serve(this::fails);
    fleet.serve(this::fails);
    fleet.policy(
        """
        {"service": {"breaker": {"enabled": false}, "outlier": {"enabled": false},
                     "retry": {"initialBackoff": "0.001s", "maxBackoff": "0.001s"}}}
        """);
    RpcChannel channel = fleet.open();
    int offered = 300;
    for (int i = 0; i < offered; i++) {
      assertThat(
              catchThrowableOfType(RpcException.class, () -> channel.call(GET, text("7"), PATIENT)))
          .isNotNull();
    }

    assertThat(served.get()).isBetween(offered, (int) (offered * 1.1 + 10));
  }

  @ParameterizedTest
  @EnumSource(names = {"CLEARSPAN", "GRPC"})
  void theHandlerKnowsWhichAttemptItServesAndItsOwnCallsAreNotRepeatedThen(Protocol protocol)
      throws Exception {
    try (Fleet below = new Fleet()) {
      below.serve(this::fails);
      below.serve(this::fails);
      RpcChannel next = below.open();
      fleet.serve(request -> through(next, request));
      fleet.serve(request -> through(next, request));
      fleet.policy("{\"service\": {\"retry\": {\"maxAttempts\": 2}}}");
      RpcChannel channel = fleet.open(builder -> builder.protocol(protocol));

      assertThat(channel.call(GET, text("7"), PATIENT)).isEqualTo(text("second"));
    }
    assertThat(attempts).containsExactly(1, 2);
    assertThat(served).hasValue(1);
  }

  /** Fails first; asked again, its own call is made once. */
  private StringValue through(RpcChannel next, StringValue request) {
    int attempt = attempt();
    attempts.add(attempt);
    if (attempt == 1) {
      throw new RpcException(Code.UNAVAILABLE, "not at first");
    }
    RpcException failure =
        catchThrowableOfType(
            RpcException.class,
            () ->
                next.call(GET, request, CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(10))));
    return text(failure == null ? "no failure" : "second");
  }

  private StringValue silentTwice(StringValue request) throws InterruptedException {
    attempts.add(attempt());
    if (attempt() < 3) {
      release.await();
    }
    return text("attempt " + attempt());
  }

  /** A code that is retried by itself, or one that is not, with the server's wish. */
  private StringValue pushedBack(String millis) {
    served.incrementAndGet();
    Code code = millis.equals("-1") ? Code.UNAVAILABLE : Code.INTERNAL;
    Metadata wish = Metadata.EMPTY.with(Pushback.KEY, millis);
    throw new RpcException(Status.of(code, "busy"), wish, Origin.LOCAL, null, null);
  }

  private StringValue fails(StringValue request) {
    served.incrementAndGet();
    throw new RpcException(Code.UNAVAILABLE, "always");
  }

  private static int attempt() {
    return Objects.requireNonNull(Call.current()).spec().attempt();
  }
}
