package dev.clearspan.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.FakeControlStore;
import dev.clearspan.console.MutableClock;
import dev.clearspan.console.chain.HashChain;
import dev.clearspan.console.identity.AuditIndex.Link;
import dev.clearspan.console.registry.RegistryView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditAgeTest {
  private static final int BATCH = 3;

  private final MutableClock clock = new MutableClock();
  private final FakeControlStore store = new FakeControlStore();
  private final RegistryView registry = new RegistryView(store, clock);
  private final AuditAge age = new AuditAge(registry, Duration.ofDays(30), clock);
  private final List<Link> chain = new ArrayList<>();

  @AfterEach
  void stop() {
    registry.close();
  }

  private void row(String id, Duration old) {
    row(id, "\"at\":\"" + clock.instant().minus(old) + "\",\"author\":\"ada\"");
  }

  private void row(String id, String fields) {
    value(id, "{\"id\":\"" + id + "\"," + fields + ",\"reason\":\"r\"}");
  }

  private void value(String id, String value) {
    long revision = store.put("audit/" + id, value);
    chain.add(new Link(chain.size() + 1, revision, revision, id, HashChain.START, HashChain.START));
  }

  private List<String> gone() {
    List<Link> oldest = chain.subList(0, Math.min(BATCH, chain.size()));
    return age.among(oldest).stream().map(Link::id).toList();
  }

  private static Duration days(long days) {
    return Duration.ofDays(days);
  }

  @Test
  void aRowIsKeptForItsDays_andGoesADayLaterAtMost() {
    row("a", days(30));
    row("b", days(0));
    assertThat(gone()).as("30 days, to the instant").isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(gone()).containsExactly("a");
    assertThat(age.isDue(BATCH)).as("it waits for others").isFalse();
    clock.advance(AuditAge.SLACK);
    assertThat(age.isDue(BATCH)).isTrue();
    assertThat(gone()).containsExactly("a");
  }

  @Test
  void aWholeBatch_doesNotWait() {
    for (String id : List.of("a", "b", "c", "d")) {
      row(id, days(30).plusSeconds(1));
    }
    assertThat(age.isDue(BATCH)).isTrue();
    assertThat(gone()).containsExactly("a", "b", "c");
  }

  @Test
  void whatFollowsAYoungRow_stays() {
    row("a", days(40));
    row("young", days(1));
    row("says-old", days(400));
    assertThat(gone()).containsExactly("a");
  }

  @Test
  void withoutATime_orUnreadable_itGoesWithAnOldOneAfterIt() {
    row("timeless", "\"author\":\"ada\"");
    value("unreadable", "no row");
    row("old", days(40));
    assertThat(gone()).containsExactly("timeless", "unreadable", "old");
    chain.remove(2);
    assertThat(gone()).as("not by itself").isEmpty();
  }

  @Test
  void unreadableRowsFirst_doNotKeepTheOldOnesForEver() {
    value("u1", "no row");
    row("a", days(40));
    row("b", days(40));
    row("c", days(40));
    assertThat(age.isDue(BATCH)).isTrue();
    assertThat(gone()).as("c is not in this batch").containsExactly("u1", "a", "b");
  }

  @Test
  void rowsThatOnlyTellOfPruning_doNotCallForPruning() {
    row("p", "\"at\":\"" + clock.instant().minus(days(400)) + "\",\"action\":\"audit.prune\"");
    row("young", days(0));
    assertThat(age.isDue(BATCH)).isFalse();
    row("later", days(0));
    clock.advance(days(32));
    assertThat(age.isDue(BATCH)).isTrue();
    assertThat(gone()).containsExactly("p", "young", "later");
  }

  @Test
  void withoutRows_nothingIsDue() {
    assertThat(age.isDue(BATCH)).isFalse();
    assertThat(gone()).isEmpty();
  }
}
