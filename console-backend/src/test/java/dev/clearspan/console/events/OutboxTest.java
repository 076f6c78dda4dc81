package dev.clearspan.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox();

  @Test
  void aNewerSnapshotReplacesTheOneThatWaits_inItsPlace() throws InterruptedException {
    outbox.offer(Event.of(Topic.TOPOLOGY, "old"));
    outbox.offer(Event.of(Topic.AUDIT, "1", "row"));
    outbox.offer(Event.of(Topic.TOPOLOGY, "new"));
    assertThat(outbox.take()).isEqualTo(Event.of(Topic.TOPOLOGY, "new"));
    assertThat(outbox.take()).isEqualTo(Event.of(Topic.AUDIT, "1", "row"));
  }

  @Test
  void whoDoesNotKeepUpRunsFull() {
    for (int i = 0; i < Outbox.CAPACITY; i++) {
      assertThat(outbox.offer(Event.of(Topic.AUDIT, "row " + i, ""))).isTrue();
    }
    assertThat(outbox.offer(Event.of(Topic.AUDIT, "one more", ""))).isFalse();
    assertThat(outbox.offer(Event.of(Topic.AUDIT, "row 0", "newer"))).isTrue();
  }

  @Test
  void afterClosingThereIsNothing() throws InterruptedException {
    outbox.offer(Event.of(Topic.TOPOLOGY, "unsent"));
    outbox.close();
    assertThat(outbox.take()).isNull();
  }
}
