package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which instances take which calls, by the policy. 1 and 2 are the old version, 3 the new one. */
class RouteTest extends ChannelFixture {
  private static final int CALLS = 100_000;
  private final Map<Integer, Integer> taken = new HashMap<>();

  @BeforeEach
  void start() {
    put(1, "1", "eu");
    put(2, "1", "us");
    put(3, "2", "us");
    open();
    for (int port = 1; port <= 3; port++) {
      int here = port;
      peer(port)
          .answers(
              request -> {
                taken.merge(here, 1, Integer::sum);
                return FakeTransport.ok("by " + here);
              });
    }
  }

  private void put(int port, String version, String region) {
    Instance.Builder instance = FakeRegistry.instance("payments", port).toBuilder();
    registry.put(instance.setVersion(version).putTags("region", region).build());
  }

  @Test
  void aCanaryTakesItsPercentWithinAPointOfIt() {
    policy(
        """
        {"service": {"route": {"rules": [{"splits": [
           {"percent": 5, "version": "2"}, {"percent": 95, "version": "1"}]}]}}}
        """);
    callMany(CALLS);

    assertThat(percent(3)).isBetween(4.0, 6.0);
    assertThat(percent(1) + percent(2)).isBetween(94.0, 96.0);
  }

  @Test
  void theFirstRuleThatMatchesHolds() {
    policy(
        """
        {"service": {"route": {"rules": [
           {"caller": "storefront", "splits": [{"percent": 100, "version": "1"}]},
           {"metadata": {"tester": "*"}, "splits": [{"percent": 100, "version": "2"}]},
           {"metadata": {"region": "eu"}, "splits": [{"percent": 100, "tags": {"region": "eu"}}]},
           {"splits": [{"percent": 100, "tags": {"region": "us"}, "version": "1"}]}]}}}
        """);

    assertThat(by("tester", "ada")).isEqualTo("by 3");
    assertThat(by("region", "eu")).isEqualTo("by 1");
    assertThat(by("region", "us")).isEqualTo("by 2");
  }

  @Test
  void whatIsNotUsableSpillsOverUnlessItIsStrict() {
    String rule =
        """
        {"service": {"route": {"rules": [{"splits": [
           {"percent": 100, "version": "2", "strict": %s}]}]}}}
        """;
    policy(rule.formatted("false"));
    assertThat(call(GET)).isEqualTo("by 3");
    peer(3).becomes(ConnectionState.UNREACHABLE, "refused");
    assertThat(call(GET)).isIn("by 1", "by 2");
    policy(rule.formatted("true"));

    RpcException error = failure(GET);
    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(error)
        .hasMessageContaining(
            "no usable instance of payments has version 2, and the route to them is strict");
    assertThat(ledger.last().end().errorType()).isEqualTo("no_endpoint");
  }

  @Test
  void breakersAndRetriesWorkWithinASplit() {
    policy(
        """
        {"service": {"breaker": {"consecutiveFailures": 2},
           "route": {"rules": [{"splits": [{"percent": 100, "version": "1", "strict": true}]}]}}}
        """);
    peer(1).answers(FakeTransport.status(Code.UNAVAILABLE));
    for (int i = 0; i < 20; i++) {
      start(GET);
      clock.advanceMillis(200);
    }

    assertThat(received(1)).isLessThan(6);
    assertThat(taken.getOrDefault(2, 0)).isEqualTo(20);
    assertThat(taken).doesNotContainKey(3);
  }

  private void callMany(int calls) {
    for (int i = 0; i < calls; i++) {
      call(GET);
      ledger.calls().clear();
    }
  }

  private double percent(int port) {
    return taken.getOrDefault(port, 0) * 100.0 / CALLS;
  }

  private String by(String key, String value) {
    return channel()
        .call(GET, "ping", CallOptions.DEFAULT.withMetadata(Metadata.EMPTY.with(key, value)));
  }
}
