package dev.clearspan.rpc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.server.EchoService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One ledger per identity, and trace ids without telemetry. */
class LedgersTest {
  @Test
  void usersOfOneIdentityShareALedger() throws Exception {
    ProcessIdentity identity = ProcessIdentity.of("shared");
    try (CallLedger one = Ledgers.of(identity);
        CallLedger two = Ledgers.of(identity);
        CallLedger other = Ledgers.of(ProcessIdentity.of("shared"))) {
      AutoCloseable source =
          one.gauges()
              .register(() -> List.of(new Gauges.Sample("a.b", 2, Map.of("k", "v"), false)));
      assertThat(page(two)).isEqualTo("a_b{k=\"v\",} 2.0\n");
      assertThat(page(other)).isEmpty();
      source.close();
      assertThat(page(two)).isEmpty();
    }
  }

  @Test
  void callsOfAHandlerJoinTheTraceOfTheServedCall() {
    PlainLedger ledger = new PlainLedger();
    TraceContext remote = new TraceContext(1, 2, 3, TraceContext.SAMPLED, (byte) 0);
    CallLedger.ServedCall served = ledger.beginServed("a/B", remote, null, "peer");
    assertThat(served.traceId()).isEqualTo(remote.traceId());

    try (CallLedger.Scope scope = served.makeCurrent(Metadata.EMPTY)) {
      TraceContext wire = wireContext(ledger);
      assertThat(wire.traceId()).isEqualTo(remote.traceId());
      assertThat(wire.spanId()).isNotEqualTo(remote.spanId());
      assertThat(wire.isSampled()).isTrue();
    }
    assertThat(wireContext(ledger).traceId()).isNotEqualTo(remote.traceId());
    assertThat(wireContext(ledger).isValid()).isTrue();
  }

  @Test
  void aMethodWithoutARuleOfItsOwnHasTheOthers() {
    TelemetryRule slow = rule(new SlowRule.Fixed(1_000_000));
    TelemetryRules rules = new TelemetryRules(slow, Map.of("a/B", TelemetryRule.DEFAULT));
    assertThat(rules.of("a/B").slow()).isEqualTo(SlowRule.NONE);
    assertThat(rules.of("a/C")).isSameAs(slow);
    assertThat(TelemetryRules.NONE.of("a/B").headSampleRate()).isNaN();
  }

  private static TelemetryRule rule(SlowRule slow) {
    return new TelemetryRule(0.5, slow, List.of(), List.of());
  }

  private static TraceContext wireContext(CallLedger ledger) {
    return ledger
        .beginCall(EchoService.ECHO, "echo")
        .beginAttempt(1, AttemptKind.FIRST)
        .wireContext();
  }

  private static String page(CallLedger ledger) {
    return new String(ledger.metricsPage(null).body(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
