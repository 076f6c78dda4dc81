package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.NOT_FOUND;
import static dev.clearspan.tracing.Shop.PEER;
import static dev.clearspan.tracing.Shop.PLACE;
import static dev.clearspan.tracing.Shop.UNAVAILABLE;
import static dev.clearspan.tracing.Shop.attempt;
import static dev.clearspan.tracing.Shop.call;
import static dev.clearspan.tracing.Shop.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger.ClientCall;
import dev.clearspan.rpc.ledger.CallLedger.MetricsPage;
import dev.clearspan.rpc.ledger.Gauges.Sample;
import dev.clearspan.tracing.testing.CollectorFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page that Prometheus scrapes. */
final class MetricsPageTest {
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  private TracingLedger ledger;

  @BeforeEach
  void makeCalls() {
    ledger = Shop.ledger(collector, "orders", "OTEL_SDK_DISABLED", "true");
    ClientCall retried = ledger.beginCall(PLACE, "orders");
    retried
        .beginAttempt(1, AttemptKind.FIRST)
        .end(attempt(1, AttemptKind.FIRST, UNAVAILABLE), false);
    retried.beginAttempt(2, AttemptKind.RETRY).end(attempt(2, AttemptKind.RETRY, Status.OK), false);
    retried.end(call(2, Status.OK));
    ledger.beginServed(PLACE.fullName(), null, null, PEER).end(served(NOT_FOUND));
    ledger
        .gauges()
        .register(
            () ->
                List.of(
                    breaker("orders-1", "closed", 0),
                    breaker("orders-1", "open", 1),
                    new Sample(
                        "clearspan.client.retry.throttled",
                        3,
                        Map.of("server.address", "orders"),
                        true)));
  }

  @Test
  void promtoolFindsNothingToSay() throws Exception {
    Promtool.check(ledger.metricsPage(null).body());
  }

  @Test
  void promtoolWouldFindABadPage() {
    byte[] bad = "Bad-Name{x=\"y\"} 1\n".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Promtool.check(bad)).isInstanceOf(AssertionError.class);
  }

  @Test
  void namesFollowOpenTelemetrysRulesForPrometheus() {
    assertThat(text(null))
        .contains(
            "# TYPE rpc_client_call_duration_seconds histogram",
            "rpc_client_call_duration_seconds_count{rpc_method=\"shop.Orders/Place\","
                + "rpc_response_status_code=\"OK\",rpc_system_name=\"clearspan\","
                + "server_address=\"orders\"} 1",
            "rpc_client_call_duration_seconds_bucket{rpc_method=\"shop.Orders/Place\","
                + "rpc_response_status_code=\"OK\",rpc_system_name=\"clearspan\","
                + "server_address=\"orders\",le=\"0.005\"} 1",
            "rpc_server_call_duration_seconds_count{error_type=\"NOT_FOUND\"",
            "clearspan_server_queue_duration_seconds_count{rpc_method=\"shop.Orders/Place\"} 1",
            "clearspan_client_retry_throttled_total{server_address=\"orders\"} 3.0",
            "clearspan_breaker_state{clearspan_peer_instance=\"orders-1\","
                + "server_address=\"orders\",state=\"open\"} 1.0");
  }

  @Test
  void thePeerIsOnCountersOnly() {
    assertThat(text(null))
        .contains(
            "clearspan_client_attempts_total{clearspan_peer_instance=\"orders-1\","
                + "error_type=\"UNAVAILABLE\",rpc_method=\"shop.Orders/Place\","
                + "server_address=\"orders\"} 1.0",
            "clearspan_client_attempts_total{clearspan_peer_instance=\"orders-2\","
                + "rpc_method=\"shop.Orders/Place\",server_address=\"orders\"} 1.0")
        .doesNotContain("clearspan_client_attempt_duration");
  }

  @Test
  void theProcessIsTargetInfo() {
    assertThat(text(null).lines().filter(line -> line.startsWith("target_info{")))
        .singleElement()
        .asString()
        .contains(
            "service_name=\"orders\"", "service_instance_id=\"orders-1\"", "clearspan_env=\"dev\"");
  }

  @Test
  void theAcceptHeaderChoosesTheFormat() {
    MetricsPage open = ledger.metricsPage(OPEN_METRICS);
    MetricsPage plain = ledger.metricsPage("text/plain");
    MetricsPage unknown = ledger.metricsPage("image/png");

    assertThat(open.contentType()).startsWith("application/openmetrics-text");
    assertThat(text(OPEN_METRICS)).endsWith("# EOF\n").contains("# UNIT rpc_client_call_duration");
    assertThat(plain.contentType()).startsWith("text/plain; version=0.0.4");
    assertThat(unknown.contentType()).isEqualTo(plain.contentType());
  }

  @Test
  void whatUserCodeMeasuresIsOnThePageToo() {
    ledger.openTelemetry().getMeter("shop").counterBuilder("orders.placed").build().add(2);

    assertThat(text(null)).contains("orders_placed_total 2.0");
  }

  private String text(@Nullable String accept) {
    return new String(ledger.metricsPage(accept).body(), StandardCharsets.UTF_8);
  }

  private static Sample breaker(String peer, String state, double value) {
    return new Sample(
        "clearspan.breaker.state",
        value,
        Map.of("server.address", "orders", "clearspan.peer.instance", peer, "state", state),
        false);
  }
}
