package dev.clearspan.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final Set<Topic> ALL = Set.of(Topic.values());

  private final Backlog backlog = new Backlog();

  private Frame push(Topic topic, String data) {
    return backlog.add(topic, Event.of(topic, data));
  }

  @Test
  void whoComesBackGetsWhatItMissed_ofItsTopics() {
    Frame unused = push(Topic.TOPOLOGY, "seen");
    String seen = backlog.newest();
    Frame topology = push(Topic.TOPOLOGY, "missed");
    Frame audit = push(Topic.AUDIT, "missed");
    assertThat(backlog.since(seen, ALL)).contains(List.of(topology, audit));
    assertThat(backlog.since(seen, Set.of(Topic.AUDIT))).contains(List.of(audit));
    assertThat(backlog.since(backlog.newest(), ALL)).contains(List.of());
  }

  @Test
  void beforeTheFirstEventNothingIsMissed() {
    String begin = backlog.newest();
    Frame first = push(Topic.AUDIT, "1");
    assertThat(backlog.since(begin, ALL)).contains(List.of(first));
  }

  @Test
  void whatIsTooLongAgoIsNotKnown() {
    String begin = backlog.newest();
    for (int i = 0; i < Backlog.MAX_EVENTS; i++) {
      Frame unused = push(Topic.AUDIT, "row");
    }
    assertThat(backlog.since(begin, ALL)).isPresent();
    Frame unused = push(Topic.AUDIT, "row");
    assertThat(backlog.since(begin, ALL)).isEmpty();
  }

  @Test
  void largeEventsAreForgottenSooner() {
    String begin = backlog.newest();
    Frame unused = push(Topic.TOPOLOGY, "x".repeat(Backlog.MAX_BYTES));
    assertThat(backlog.since(begin, ALL)).isEmpty();
    assertThat(backlog.since(backlog.newest(), ALL)).contains(List.of());
  }

  @Test
  void idsOfAnotherStartAndOfTheFutureAreNotKnown() {
    Frame unused = push(Topic.AUDIT, "1");
    String ours = backlog.newest();
    for (String id :
        List.of(
            "",
            "1",
            "-1",
            new Backlog().newest(),
            ours + "0",
            ours + "x",
            ours.replace('-', ' '))) {
      assertThat(backlog.since(id, ALL)).as(id).isEmpty();
    }
  }

  @Test
  void anEventIsWrittenWithItsId() {
    Frame frame = push(Topic.AUDIT, "{}");
    assertThat(new String(frame.bytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("id: " + backlog.newest() + "\nevent: audit\ndata: {}\n\n");
  }
}
