package dev.clearspan.rpc.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.control.ControlStore.CommitResult;
import dev.clearspan.rpc.control.ControlStore.Committed;
import dev.clearspan.rpc.control.ControlStore.Conflict;
import dev.clearspan.rpc.control.ControlStore.Entry;
import dev.clearspan.rpc.control.ControlStore.Write;
import dev.clearspan.rpc.discovery.RegistryFixture;
import dev.clearspan.rpc.discovery.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ControlStore} does, faults included. */
public abstract class ControlStoreContract {
  private static final String KEY = "svc/orders/ctl/policy";
  private static final AuditEntry AUDIT =
      AuditEntry.newBuilder()
          .setAuthor("ann")
          .setReason("test")
          .setAction("policy.put")
          .setService("orders")
          .setKey(KEY)
          .build();

  private RegistryFixture fixture;
  private ControlStore store;

  /** A registry in a fresh environment. */
  protected abstract RegistryFixture newFixture();

  @BeforeEach
  void open() {
    fixture = newFixture();
    store = fixture.controlStore();
  }

  @AfterEach
  void close() {
    store.close();
    fixture.close();
  }

  @Test
  void followerHearsTheContentThenEachChangeInOrder() {
    fixture.put("svc/a/ctl/policy", "{}");
    SeenKeys seen = follow("svc/");
    soon().until(() -> !seen.events().isEmpty());

    fixture.put("svc/b/ctl/policy", "{}");
    fixture.put("other/key", "{}");
    fixture.delete("svc/a/ctl/policy");

    soon().until(() -> seen.events().size() == 3);
    assertThat(seen.events())
        .containsExactly("reset", "put svc/b/ctl/policy", "deleted svc/a/ctl/policy");
    assertThat(seen.entries()).containsOnlyKeys("svc/b/ctl/policy");
  }

  @Test
  void entriesCarryTheirRevisions() {
    long first = fixture.put(KEY, "{}");
    long second = fixture.put(KEY, "{\"service\":{}}");

    Entry entry = get(store.read(KEY));

    assertThat(entry).isEqualTo(new Entry(KEY, "{\"service\":{}}", first, second, false));
    assertThat(get(store.read("svc/none/ctl/policy"))).isNull();
  }

  @Test
  void followerHearsMoreThanOnePage() {
    for (int i = 0; i < 1_100; i++) {
      fixture.put("svc/s" + i + "/ctl/policy", "{}");
    }

    SeenKeys seen = follow("");

    within(Duration.ofSeconds(10)).until(() -> seen.entries().size() == 1_100);
  }

  @Test
  void closedFollowerHearsNothingMore() {
    SeenKeys closed = new SeenKeys();
    Subscription subscription = store.follow("svc/", closed);
    SeenKeys open = follow("svc/");
    soon().until(() -> !closed.events().isEmpty() && !open.events().isEmpty());

    subscription.close();
    fixture.put(KEY, "{}");

    soon().until(() -> open.entries().size() == 1);
    assertThat(closed.events()).containsExactly("reset");
  }

  @Test
  void keyIsCreatedChangedAndDeletedByRevision() {
    Committed created = committed(commit(new Write(KEY, "{}", 0)));
    assertThat(fixture.value(KEY).modRevision()).isEqualTo(created.revision());

    Committed changed = committed(commit(new Write(KEY, "{\"service\":{}}", created.revision())));
    committed(commit(new Write(KEY, null, changed.revision())));

    assertThat(fixture.content(KEY)).isEmpty();
  }

  @Test
  void lostRaceWritesNothingAndShowsWhatIsThere() {
    long revision = fixture.put(KEY, "{\"service\":{}}");

    CommitResult result =
        commit(new Write("svc/a/ctl/policy", "{}", 0), new Write(KEY, "{}", revision - 1));

    assertThat(result)
        .isEqualTo(
            new Conflict(KEY, new Entry(KEY, "{\"service\":{}}", revision, revision, false)));
    assertThat(fixture.content("").keySet()).containsExactly(KEY);
  }

  @Test
  void missingKeyIsAConflictWithoutAnEntry() {
    assertThat(commit(new Write(KEY, "{}", 5))).isEqualTo(new Conflict(KEY, null));
  }

  @Test
  void existingKeyIsAConflictForACreation() {
    fixture.put(KEY, "{}");

    assertThat(commit(new Write(KEY, "{}", 0))).isInstanceOf(Conflict.class);
  }

  @Test
  void minusOneWritesWhateverIsThere() {
    fixture.put(KEY, "{}");

    committed(commit(new Write(KEY, "{\"service\":{}}", -1)));

    assertThat(fixture.value(KEY).text()).isEqualTo("{\"service\":{}}");
  }

  @Test
  void batchOfWhichOneRaceIsLostWritesNothing() {
    fixture.put("svc/s59/ctl/policy", "{\"service\":{}}");

    CommitResult result =
        commit(
            IntStream.range(0, 60)
                .mapToObj(i -> new Write("svc/s" + i + "/ctl/policy", "{}", 0))
                .toArray(Write[]::new));

    assertThat(result).isInstanceOf(Conflict.class);
    assertThat(fixture.content("").keySet()).containsExactly("svc/s59/ctl/policy");
  }

  @Test
  void slowRegistryStillAnswers() {
    committed(commit(new Write(KEY, "{}", 0)));

    fixture.slow(Duration.ofMillis(150));

    assertThat(commit(new Write(KEY, "{}", 0))).isInstanceOf(Conflict.class);
    committed(commit(new Write(KEY, "{\"service\":{}}", -1)));
  }

  @Test
  void auditRowIsWrittenInTheSameTransaction() {
    Committed result = committed(commit(new Write(KEY, "{}", 0)));

    var rows = fixture.content("audit/");
    assertThat(rows).hasSize(1);
    var row = rows.values().iterator().next();
    assertThat(row.createRevision()).isEqualTo(result.revision());
    assertThat(row.text()).contains("\"author\":\"ann\"", "\"id\":\"", "\"at\":\"");
    assertThat(rows.keySet()).allMatch(key -> key.matches("audit/[0-9A-HJKMNP-TV-Z]{26}"));
  }

  @Test
  void auditRowsSortByTime() {
    IntStream.range(0, 20)
        .forEach(i -> committed(commit(new Write("svc/s" + i + "/ctl/policy", "{}", 0))));

    assertThat(fixture.content("audit/").values())
        .extracting(RegistryFixture.Value::createRevision)
        .isSorted()
        .hasSize(20);
  }

  @Test
  void exactlyOneOfAHundredParallelCommitsWins() {
    long revision = fixture.put(KEY, "{}");

    List<CompletableFuture<CommitResult>> commits =
        IntStream.range(0, 100)
            .mapToObj(i -> new Write(KEY, "{\"methods\":{\"a.B/M" + i + "\":{}}}", revision))
            .map(write -> store.commit(List.of(write), AUDIT).toCompletableFuture())
            .toList();
    List<CommitResult> results = commits.stream().map(ControlStoreContract::get).toList();

    assertThat(results).filteredOn(Committed.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Conflict.class::isInstance).hasSize(99);
    assertThat(fixture.content("audit/")).hasSize(1);
    assertThat(fixture.value(KEY).version()).isEqualTo(2);
  }

  @Test
  void sixtyWritesAreOneTransaction() {
    Write[] writes =
        IntStream.range(0, 60)
            .mapToObj(i -> new Write("svc/orders/ctl/instance/i" + i, "{\"weight\":1}", 0))
            .toArray(Write[]::new);

    Committed result = committed(commit(writes));

    assertThat(fixture.content("svc/").values())
        .hasSize(60)
        .allMatch(value -> value.modRevision() == result.revision());
  }

  @Test
  void impossibleCommitsAreRefused() {
    Write fine = new Write(KEY, "{}", 0);
    List<Write> tooMany =
        IntStream.range(0, 61).mapToObj(i -> new Write("svc/s" + i, "{}", 0)).toList();

    assertThatThrownBy(() -> store.commit(List.of(), AUDIT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.commit(tooMany, AUDIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("61 (expected: 1 to 60)");
    assertThatThrownBy(() -> store.commit(List.of(fine, fine), AUDIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(KEY);
    assertThatThrownBy(() -> store.commit(List.of(new Write("", "{}", 0)), AUDIT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.commit(List.of(new Write(KEY, "x".repeat(300_000), 0)), AUDIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes");
  }

  @Test
  void unreachableRegistryIsReportedWithinItsTimeout() {
    assertThat(get(store.read(KEY))).isNull();
    soon().until(() -> store.health().connected());
    fixture.cut();
    soon().until(() -> !store.health().connected());

    long started = System.nanoTime();
    assertThatThrownBy(() -> store.read(KEY).toCompletableFuture().get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(
            () ->
                store
                    .commit(List.of(new Write(KEY, "{}", 0)), AUDIT)
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RegistryUnavailableException.class);
    assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(5));
    assertThat(store.health().detail()).isNotBlank();

    fixture.heal();
    soon().until(() -> store.health().connected());
    committed(commit(new Write(KEY, "{}", 0)));
    assertThat(store.health().revision()).isPositive();
  }

  @Test
  void frozenRegistryIsNoticed() {
    soon().until(() -> store.health().connected());
    fixture.freeze();
    try {
      soon().until(() -> !store.health().connected());
    } finally {
      fixture.thaw();
    }
    soon().until(() -> store.health().connected());
  }

  @Test
  void followerCatchesUpOnWhatItMissedAfterACompaction() {
    fixture.put("svc/a", "{}");
    fixture.put("svc/b", "{}");
    SeenKeys seen = follow("svc/");
    soon().until(() -> seen.entries().size() == 2);

    fixture.cut();
    fixture.delete("svc/a");
    fixture.put("svc/b", "{\"x\":1}");
    fixture.put("svc/c", "{}");
    fixture.compact();
    fixture.heal();

    soon().until(() -> seen.entries().containsKey("svc/c"));
    soon().until(() -> seen.entries().keySet().equals(fixture.content("svc/").keySet()));
    assertThat(seen.value("svc/b")).isEqualTo("{\"x\":1}");
  }

  private SeenKeys follow(String prefix) {
    SeenKeys seen = new SeenKeys();
    store.follow(prefix, seen);
    return seen;
  }

  private CommitResult commit(Write... writes) {
    return get(store.commit(List.of(writes), AUDIT));
  }

  private static Committed committed(CommitResult result) {
    assertThat(result).isInstanceOf(Committed.class);
    return (Committed) result;
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static ConditionFactory soon() {
    return within(Duration.ofSeconds(5));
  }

  private static ConditionFactory within(Duration limit) {
    return await().pollInterval(Duration.ofMillis(20)).atMost(limit);
  }
}
