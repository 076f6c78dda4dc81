package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ledger.KeepOrder;
import dev.clearspan.rpc.ledger.RecordingLedger;
import dev.clearspan.rpc.server.EchoService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From the API through etcd to the ledgers of a real client and a real server, and the proof. */
@ExtendWith(SharedConsole.class)
class KeepReachesLedgersTest {
  private static final String KEEP = "/api/v1/services/k9/telemetry/keep";
  private static final String ECHO = EchoService.ECHO.fullName();

  @TempDir private Path snapshots;
  private final RecordingLedger served = new RecordingLedger();
  private final RecordingLedger called = new RecordingLedger();

  @Test
  void anOrderIsInForceAtBothEndsWhenItsRevisionIsAcknowledged(TestConsole console) {
    try (EtcdRegistry servers = registry(console, "k9");
        EtcdRegistry callers = registry(console, "k9-caller");
        RpcServer server =
            RpcServer.builder("k9")
                .registry(servers)
                .ledger(served)
                .service(new EchoService())
                .start();
        RpcChannel channel = RpcChannel.builder("k9").registry(callers).ledger(called).build()) {
      assertThat(server.port()).isPositive();
      assertThat(channel.service()).isEqualTo("k9");
      awaitCaller(console);

      Client operator = console.as("operator");
      Client.Answer given =
          operator.post(
              KEEP,
              "{'caller':'k9-caller','method':'" + ECHO + "','seconds':60,'reason':'ticket'}");
      assertThat(given.status()).as(given.text()).isEqualTo(200);
      awaitAcks(console, given.body().get("revision").longValue());

      for (RecordingLedger ledger : new RecordingLedger[] {served, called}) {
        assertThat(ledger.telemetryOf("k9").of(ECHO).keeps())
            .extracting(KeepOrder::caller)
            .containsExactly("k9-caller");
        assertThat(ledger.telemetryOf("k9").others().keeps()).isEmpty();
      }
      Client.Answer ended =
          operator.delete(KEEP + "?caller=k9-caller&method=" + ECHO + "&reason=found");
      awaitAcks(console, ended.body().get("revision").longValue());
      assertThat(called.telemetryOf("k9").of(ECHO).keeps()).isEmpty();
      assertThat(served.telemetryOf("k9").of(ECHO).keeps()).isEmpty();
    }
  }

  private EtcdRegistry registry(TestConsole console, String service) {
    return EtcdRegistry.builder()
        .endpoints(console.config().registry())
        .env(console.config().env())
        .identity(ProcessIdentity.of(service))
        .snapshotDirectory(snapshots.resolve(service))
        .build();
  }

  private static void awaitCaller(TestConsole console) {
    await()
        .until(() -> console.admin().get("/api/v1/services/k9").body().path("callers").size() == 1);
  }

  private static void awaitAcks(TestConsole console, long revision) {
    await()
        .untilAsserted(
            () -> {
              JsonNode acks =
                  console.admin().get("/api/v1/services/k9/acks?revision=" + revision).body();
              assertThat(acks.get("applied").intValue()).isEqualTo(2);
              assertThat(acks.get("complete").booleanValue()).isTrue();
            });
  }
}
