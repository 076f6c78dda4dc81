package dev.clearspan.rpc.endtoend;

import static dev.clearspan.rpc.endtoend.Fleet.GET;
import static dev.clearspan.rpc.endtoend.Fleet.PATIENT;
import static dev.clearspan.rpc.endtoend.Fleet.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.fallback.FallbackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller gets in place of a failure, over sockets. */
class FallbackTest {
  private final Fleet fleet = new Fleet();
  private final AtomicReference<Code> failing = new AtomicReference<>();
  private final List<String> marks = new ArrayList<>();
  private final CallOptions options = PATIENT.withReplyMetadata(new Marks());
  private RpcChannel channel;

  private final class Marks implements ReplyMetadata {
    @Override
    public void trailers(Metadata trailers) {
      marks.add(String.valueOf(trailers.first(FallbackSettings.KEY)));
    }
  }

  @BeforeEach
  void start() {
    fleet.serve(this::get);
    channel =
        fleet.open(
            builder ->
                builder.fallback(
                    "apology",
                    GET,
                    (request, failure) -> text(request.getValue() + ": " + failure.code())));
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
  }

  @Test
  void fallbackReplyWhenTheBreakerIsOpen() {
    fleet.policy("{\"service\": {\"fallback\": {\"fixed\": \"\\\"none\\\"\"}}}");
    fleet.registry.force(ForcedBreaker.newBuilder().setState(BreakerState.OPEN).build());

    assertThat(channel.call(GET, text("7"), options)).isEqualTo(text("none"));

    assertThat(marks).containsExactly("fixed");
    assertThat(fleet.ledger.last().end().status().code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(fleet.ledger.last().end().errorType()).isEqualTo("breaker_open");
    assertThat(fleet.sample("clearspan.client.fallback.replies")).isEqualTo(1);
  }

  @Test
  void theLastGoodReplyToTheSameRequestAndUser() {
    fleet.policy("{\"service\": {\"fallback\": {\"cached\": \"60s\"}}}");
    CallOptions ada = options.withMetadata(Metadata.EMPTY.with("user", "ada"));
    channel.call(GET, text("7"), ada);
    failing.set(Code.RESOURCE_EXHAUSTED);

    assertThat(channel.call(GET, text("7"), ada)).isEqualTo(text("got 7"));
    assertThatThrownBy(() -> channel.call(GET, text("8"), ada)).isInstanceOf(RpcException.class);
    assertThatThrownBy(() -> channel.call(GET, text("7"), options))
        .isInstanceOf(RpcException.class);
    assertThat(marks).containsExactly("null", "cached", "null", "null");
  }

  @Test
  void aHandlerThatTheCallersCodeHasNamed() {
    fleet.policy("{\"service\": {\"fallback\": {\"handler\": \"apology\"}}}");
    failing.set(Code.RESOURCE_EXHAUSTED);

    assertThat(channel.call(GET, text("7"), options)).isEqualTo(text("7: RESOURCE_EXHAUSTED"));
    assertThat(channel.callAsync(GET, text("8"), options).toCompletableFuture().join())
        .isEqualTo(text("8: RESOURCE_EXHAUSTED"));
    assertThat(marks).containsExactly("handler", "handler");
  }

  @Test
  void onlyTheNamedCodesAreReplacedAndAMethodMayHaveNone() {
    fleet.policy(
        """
        {"service": {"fallback": {"fixed": "\\"none\\"", "codes": ["NOT_FOUND"]}}}
        """);
    failing.set(Code.NOT_FOUND);
    assertThat(channel.call(GET, text("7"), options)).isEqualTo(text("none"));
    failing.set(Code.RESOURCE_EXHAUSTED);
    assertThatThrownBy(() -> channel.call(GET, text("7"), options))
        .hasMessageContaining("RESOURCE_EXHAUSTED");

    fleet.policy(
        """
        {"service": {"fallback": {"fixed": "\\"none\\""}},
         "methods": {"test.Fleet/Get": {"fallback": {"none": true}}}}
        """);
    assertThatThrownBy(() -> channel.call(GET, text("7"), options))
        .hasMessageContaining("RESOURCE_EXHAUSTED");
  }

  @Test
  void aFixedReplyThatIsNoneLeavesTheFailure() {
    fleet.policy("{\"service\": {\"fallback\": {\"fixed\": \"{\\\"price\\\": 7}\"}}}");
    failing.set(Code.RESOURCE_EXHAUSTED);

    assertThatThrownBy(() -> channel.call(GET, text("7"), options))
        .hasMessageContaining("RESOURCE_EXHAUSTED");
    assertThat(fleet.sample("clearspan.client.fallback.failed")).isEqualTo(1);
  }

  private StringValue get(StringValue request) {
    Code code = failing.get();
    if (code != null) {
      throw new RpcException(code, "on purpose");
    }
    return text("got " + request.getValue());
  }
}
