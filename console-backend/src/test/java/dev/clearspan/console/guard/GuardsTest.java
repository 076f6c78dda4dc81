package dev.clearspan.console.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clearspan.console.MutableClock;
import dev.clearspan.console.SharedEtcd;
import dev.clearspan.console.audit.AuditRow;
import dev.clearspan.console.audit.AuditTrail;
import dev.clearspan.console.change.Cause;
import dev.clearspan.console.change.RuleWriter;
import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.MetricIntake;
import dev.clearspan.console.metric.Points;
import dev.clearspan.console.policy.Policies;
import dev.clearspan.console.policy.PolicyDocument;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.web.Json;
import dev.clearspan.etcd.EtcdControlStore;
import dev.clearspan.rpc.control.ControlStore;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trials and their ends, on a real etcd and a clock that stands until it is moved. */
class GuardsTest {
  private static final String GUARDED =
      """
      {"service":{"retry":{"maxAttempts":5}},
       "guard":{"maxErrorShare":0.05,"maxP99":"0.500s","duration":"60s"}}
      """;
  private static final Cause ADA = new Cause("ada", "try five");

  private final MutableClock clock = new MutableClock();
  private final String env = SharedEtcd.freshEnv();
  private final Watcher watcher = new Watcher();
  private final Watcher other = new Watcher();

  /** What a console has of its own. */
  private final class Watcher {
    final ControlStore store =
        EtcdControlStore.builder().endpoints(SharedEtcd.etcd().endpoint()).env(env).build();
    final RegistryView registry = new RegistryView(store, clock);
    final AuditTrail audit = new AuditTrail(registry);
    final Policies policies =
        new Policies(new RuleWriter(store, registry, clock), registry, audit, clock);
    final CallAggregates calls = CallAggregates.create(clock);
    final MetricIntake intake = new MetricIntake(calls, clock);
    final Guards guards = new Guards(policies, registry, calls, clock);

    void called(int count, double seconds, String code) {
      HistogramDataPoint.Builder point =
          Points.point(
              clock.instant().minusMillis(200),
              clock.instant(),
              Points.times(count, seconds),
              "rpc.method",
              "shop.Orders/Place",
              "server.address",
              "orders",
              "rpc.response.status_code",
              code);
      intake.accept(List.of(Points.from("web", Points.delta("rpc.client.call.duration", point))));
    }

    PolicyDocument document() {
      return policies.document("orders");
    }

    String rules() {
      return document().policy().toString();
    }

    long seen(long revision) {
      await().until(() -> document().revision() >= revision);
      return revision;
    }

    AuditRow lastRow() {
      return audit.find(new AuditTrail.Search("orders", null, null, null, 1)).get(0);
    }

    void close() {
      registry.close();
      store.close();
    }
  }

  @BeforeEach
  void aPolicyInForce() {
    SharedEtcd.etcd()
        .etcdctl(
            "put",
            "/clearspan/v1/" + env + "/svc/orders/ctl/policy",
            "{\"service\":{\"retry\":{\"maxAttempts\":2}}, \"later\":1}");
    await().until(() -> watcher.registry.snapshot().policies().containsKey("orders"));
  }

  @AfterEach
  void close() {
    watcher.close();
    other.close();
  }

  private long onTrial() {
    return onTrial(GUARDED);
  }

  private long onTrial(String json) {
    long revision =
        watcher
            .policies
            .put("orders", Json.lenient(json), watcher.document().revision(), ADA)
            .revision();
    other.seen(revision);
    return watcher.seen(revision);
  }

  private void later(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void aCrossedLimit_bringsBackPreciselyWhatWasThere_andSaysWhy() {
    long before = watcher.document().revision();
    long revision = onTrial();
    assertThat(watcher.document().guard()).extracting("previousRevision").isEqualTo(before);
    assertThat(watcher.rules()).isEqualTo("{\"service\":{\"retry\":{\"maxAttempts\":5}}}");
    later(5);
    watcher.called(95, 0.010, "OK");
    watcher.called(5, 0.010, "UNAVAILABLE");
    watcher.guards.run();
    assertThat(watcher.guards.report("orders").figures().errorShare()).isEqualTo(0.05);
    watcher.called(1, 0.010, "UNAVAILABLE");
    watcher.guards.run();
    watcher.seen(revision + 1);
    assertThat(watcher.rules())
        .isEqualTo("{\"service\":{\"retry\":{\"maxAttempts\":2}},\"later\":1}");
    assertThat(watcher.document().guard()).isNull();
    await().until(() -> watcher.lastRow().action().equals("policy.revert"));
    assertThat(watcher.lastRow().author()).isEqualTo("console");
    assertThat(watcher.lastRow().reason())
        .isEqualTo("6 of 101 calls failed in 3 s: 5.9% (limit 5.0%)");
    assertThat(watcher.policies.versions("orders").get(0).action()).isEqualTo("policy.revert");
    assertThat(watcher.policies.versions("orders").get(1).guarded()).isTrue();
  }

  @Test
  void slowCallsCrossTheOtherLimit() {
    onTrial();
    later(5);
    watcher.called(30, 0.9, "OK");
    watcher.guards.run();
    await().until(() -> watcher.document().guard() == null);
    await().until(() -> watcher.lastRow().reason().startsWith("p99 of 30 calls"));
  }

  @Test
  void callsBeforeTheChange_andTooFew_areNoVerdict() {
    watcher.called(100, 0.010, "UNAVAILABLE");
    long revision = onTrial();
    later(5);
    watcher.called(19, 0.010, "UNAVAILABLE");
    watcher.guards.run();
    assertThat(watcher.guards.report("orders").revision()).isEqualTo(revision);
    assertThat(watcher.guards.report("orders").figures().calls()).isEqualTo(19);
  }

  @Test
  void whenTimeIsUpTheChangeStays() {
    onTrial();
    later(59);
    watcher.called(40, 0.010, "OK");
    watcher.guards.run();
    assertThat(watcher.document().guard()).isNotNull();
    later(1);
    watcher.guards.run();
    await().until(() -> watcher.document().guard() == null);
    assertThat(watcher.rules()).contains("\"maxAttempts\":5");
    await().until(() -> watcher.lastRow().action().equals("policy.keep"));
    assertThat(watcher.lastRow().reason()).contains("no limit was crossed: 40 calls and 0 errors");
    assertThatThrownBy(() -> watcher.guards.report("orders"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("not on trial");
  }

  @Test
  void aConsoleThatHasJustStarted_listensBeforeItSaysThatAllIsWell() {
    onTrial();
    later(3600);
    Guards restarted = new Guards(watcher.policies, watcher.registry, watcher.calls, clock);
    restarted.run();
    assertThat(watcher.document().guard()).isNotNull();
    later(29);
    watcher.called(100, 0.010, "UNAVAILABLE");
    restarted.run();
    await().until(() -> watcher.document().guard() == null);
    assertThat(watcher.rules()).contains("\"maxAttempts\":2");
  }

  @Test
  void ofTwoConsoles_oneBringsItBack_andALaterChangeIsNotTouched() {
    long revision = onTrial();
    later(5);
    watcher.called(100, 0.010, "UNAVAILABLE");
    other.called(100, 0.010, "UNAVAILABLE");
    watcher.guards.run();
    other.guards.run();
    watcher.seen(revision + 1);
    other.seen(revision + 1);
    long back = watcher.document().revision();
    watcher.guards.run();
    other.guards.run();
    await()
        .untilAsserted(
            () ->
                assertThat(watcher.policies.versions("orders"))
                    .extracting(version -> version.action())
                    .containsExactly("policy.revert", "policy.put"));
    assertThat(watcher.document().revision()).isEqualTo(back);
  }

  @Test
  void aSecondTrial_goesBackToWhatWasBeforeTheFirst_andAPlainSaveEndsIt() {
    long before = watcher.document().revision();
    onTrial();
    onTrial(GUARDED.replace("5}", "4}"));
    assertThat(watcher.rules()).contains("\"maxAttempts\":4");
    assertThat(watcher.document().guard()).extracting("previousRevision").isEqualTo(before);
    long plain = onTrial("{\"service\":{\"retry\":{\"maxAttempts\":3}}}");
    assertThat(watcher.document().guard()).isNull();
    assertThatThrownBy(() -> watcher.policies.keep("orders", plain, ADA))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("not on trial");
  }

  @Test
  void whoTriesAPolicyWhereNoneWas_goesBackToNone() {
    SharedEtcd.etcd().etcdctl("del", "/clearspan/v1/" + env + "/svc/orders/ctl/policy");
    SharedEtcd.etcd()
        .etcdctl(
            "put",
            "/clearspan/v1/" + env + "/svc/orders/ctl/instance/i1",
            "{\"weight\":1,\"author\":\"a\",\"reason\":\"r\"}");
    await().until(() -> watcher.document().revision() == 0);
    long revision = onTrial();
    long back = watcher.policies.revert("orders", revision, ADA).revision();
    await().until(() -> watcher.document().revision() == 0);
    assertThat(back).isGreaterThan(revision);
  }
}
