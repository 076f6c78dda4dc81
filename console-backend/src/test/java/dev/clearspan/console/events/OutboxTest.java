package dev.clearspan.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox();

  private static Frame frame(String slot, String text) {
    return Frame.of(new Event("topology", slot, text), null);
  }

  @Test
  void aNewerStateReplacesTheOneThatWaits_behindWhatCameBetween() throws InterruptedException {
    Frame row = frame("audit 1", "row");
    Frame newer = frame("topology", "new");
    outbox.offer(frame("topology", "old"));
    outbox.offer(row);
    outbox.offer(newer);
    assertThat(outbox.take()).isSameAs(row);
    assertThat(outbox.take()).isSameAs(newer);
  }

  @Test
  void whoDoesNotKeepUpRunsFull() {
    for (int i = 0; i < Outbox.CAPACITY; i++) {
      assertThat(outbox.offer(frame("row " + i, ""))).isTrue();
    }
    assertThat(outbox.offer(frame("one more", ""))).isFalse();
    assertThat(outbox.offer(frame("row 0", "newer"))).isTrue();
  }

  @Test
  void whoDoesNotTakeLargeFramesRunsFullSooner_butOneAlwaysFits() throws InterruptedException {
    String large = "x".repeat(Outbox.MAX_BYTES);
    assertThat(outbox.offer(frame("first", large))).isTrue();
    assertThat(outbox.offer(frame("second", ""))).isFalse();
    Frame unused = outbox.take();
    assertThat(outbox.offer(frame("second", ""))).isTrue();
  }

  @Test
  void afterClosingThereIsNothing() throws InterruptedException {
    outbox.offer(frame("topology", "unsent"));
    outbox.close();
    assertThat(outbox.take()).isNull();
  }
}
