package dev.clearspan.tracing.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Gauges.Sample;
import dev.clearspan.tracing.TracingLedgerProvider;
import dev.clearspan.tracing.testing.EndedServed;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Micrometer shows what the engine counts. */
final class EngineMeterBinderTest {
  private static final String PLACE = "shop.Orders/Place";
  private static final String DISABLED = "otel.sdk.disabled";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EngineMeterBinder binder = new EngineMeterBinder(Duration.ofMillis(20));
  private CallLedger ledger;

  @BeforeEach
  void open() {
    System.setProperty(DISABLED, "true");
    ledger = new TracingLedgerProvider().open(ProcessIdentity.of("orders"));
  }

  @AfterEach
  void close() {
    binder.close();
    ledger.close();
    System.clearProperty(DISABLED);
  }

  @Test
  void durationsAreTimers_countersCounters_statesGauges() {
    serve(Status.OK, 2);
    double[] active = {3};
    ledger
        .gauges()
        .register(
            () -> List.of(new Sample("clearspan.server.call.active", active[0], Map.of(), false)));
    binder.bindTo(registry);

    FunctionTimer calls = search("rpc.server.call.duration").functionTimer();
    assertThat(calls.count()).isEqualTo(2);
    assertThat(calls.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(4);
    assertThat(calls.getId().getTag("rpc.method")).isEqualTo(PLACE);
    assertThat(calls.getId().getTag("error.type")).isEqualTo("none");
    assertThat(search("clearspan.server.message.size.count").functionCounters())
        .allSatisfy(counter -> assertThat(counter.count()).isEqualTo(2));
    assertThat(search("clearspan.server.call.active").gauge().value()).isEqualTo(3);

    active[0] = 5;
    serve(Status.OK, 1);
    await().untilAsserted(() -> assertThat(calls.count()).isEqualTo(3));
    await()
        .untilAsserted(
            () -> assertThat(search("clearspan.server.call.active").gauge().value()).isEqualTo(5));
  }

  @Test
  void seriesThatComeLaterBecomeMeters_withTheSameTags() {
    serve(Status.OK, 1);
    binder.bindTo(registry);
    serve(Status.of(Status.Code.UNAVAILABLE, "no"), 1);

    await()
        .untilAsserted(
            () ->
                assertThat(search("rpc.server.call.duration").functionTimers())
                    .hasSize(2)
                    .allSatisfy(timer -> assertThat(timer.getId().getTag("error.type")).isNotNull())
                    .anySatisfy(
                        timer ->
                            assertThat(timer.getId().getTag("error.type"))
                                .isEqualTo("UNAVAILABLE")));
  }

  @Test
  void aClosedBinderLeavesNoMeterBehind() {
    serve(Status.OK, 1);
    binder.bindTo(registry);
    assertThat(registry.getMeters()).isNotEmpty();

    binder.close();

    assertThat(registry.getMeters()).isEmpty();
  }

  private void serve(Status status, int calls) {
    for (int i = 0; i < calls; i++) {
      String errorType = status.isOk() ? null : status.code().name();
      boolean unused =
          ledger
              .beginServed(PLACE, null, "storefront", "10.0.0.7:9090")
              .end(new EndedServed(status, errorType, 0, 1_000, 2_000_000, 10, 20));
    }
  }

  private RequiredSearch search(String name) {
    return registry.get(name).tag("service.name", "orders");
  }
}
