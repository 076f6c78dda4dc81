package dev.clearspan.console.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.FakeControlStore;
import dev.clearspan.console.MutableClock;
import dev.clearspan.console.registry.RegistryView;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AckLedgerTest {
  private final MutableClock clock = new MutableClock();
  private final FakeControlStore store = new FakeControlStore();
  private final RegistryView view = new RegistryView(store, clock);
  private final AckLedger ledger = new AckLedger(view, clock);

  private void status(String processId, long applied) {
    store.put(
        "status/" + processId,
        "{\"processId\":\"%s\",\"service\":\"caller\",\"calls\":[\"s\"],\"appliedByService\":{\"s\":\"%d\"}}"
            .formatted(processId, applied));
  }

  private long change() {
    return store.put("svc/s/ctl/policy", "{}");
  }

  private AckProcess only(long revision) {
    Acks acks = ledger.acks("s", revision);
    assertThat(acks.processes()).hasSize(1);
    return acks.processes().get(0);
  }

  @Test
  void aProcessIsPending_thenSilentAfterThreeSeconds_andAppliedWhenItSaysSo() {
    status("p", 0);
    long revision = change();
    assertThat(only(revision).state()).isEqualTo(AckProcess.State.PENDING);
    assertThat(ledger.acks("s", revision).complete()).isFalse();
    clock.advance(Duration.ofSeconds(4));
    assertThat(only(revision).state()).isEqualTo(AckProcess.State.SILENT);
    assertThat(only(revision).detail()).isEqualTo("not acknowledged for 4 s");
    status("p", revision);
    assertThat(only(revision).state()).isEqualTo(AckProcess.State.APPLIED);
    assertThat(ledger.acks("s", revision).complete()).isTrue();
  }

  @Test
  void aProcessWhoseLeaseEndsBeforeItAnswersIsNamed_oneThatLeftBeforeIsNot() {
    status("left", 0);
    store.delete("status/left");
    status("p", 0);
    long revision = change();
    store.delete("status/p");
    assertThat(only(revision).processId()).isEqualTo("p");
    assertThat(only(revision).detail()).isEqualTo("its lease has ended");
  }

  @Test
  void aProcessThatAppliedItAndEndedHasAppliedIt_oneThatDidNotIsForgottenAfterAMinute() {
    status("applied", 0);
    status("lost", 0);
    long revision = change();
    status("applied", revision);
    store.delete("status/applied");
    store.delete("status/lost");
    assertThat(ledger.acks("s", revision).processes())
        .extracting(it -> it.processId() + " " + it.state())
        .containsExactlyInAnyOrder("applied APPLIED", "lost SILENT");
    clock.advance(Duration.ofSeconds(61));
    assertThat(only(revision).processId()).isEqualTo("applied");
    assertThat(ledger.acks("s", revision).complete()).isTrue();
  }

  @Test
  void aProcessThatOthersCannotReachIsNotWaitedFor() {
    store.put("status/dead", "{\"processId\":\"dead\",\"service\":\"s\",\"instanceId\":\"i\"}");
    store.put(
        "status/p",
        "{\"processId\":\"p\",\"service\":\"caller\",\"calls\":[\"s\"],\"unreachable\":[{\"service\":\"s\",\"instance\":\"i\",\"incarnation\":\"dead\"}]}");
    assertThat(only(change()).processId()).isEqualTo("p");
  }

  @Test
  void theTimeFromCommitToForceIsMeasuredByTheAuditRow() {
    status("p", 0);
    long revision = change();
    store.put("audit/other", "{\"id\":\"other\",\"at\":\"2026-01-01T00:00:00Z\"}");
    clock.advance(Duration.ofMillis(240));
    status("p", revision);
    assertThat(only(revision).millis()).as("no audit row of this revision").isNull();
    assertThat(ledger.latestRevision("s")).isEqualTo(revision);
    assertThat(ledger.recent(Duration.ofMinutes(1)))
        .containsExactly(new AckLedger.ChangeRef("s", revision));
    clock.advance(Duration.ofMinutes(2));
    assertThat(ledger.recent(Duration.ofMinutes(1))).isEmpty();
  }
}
