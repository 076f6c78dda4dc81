package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.console.intake.LogBatch;
import dev.clearspan.console.intake.SpanBatch;
import dev.clearspan.console.intake.SpanGroup;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TraceWriterTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final SlowStore store = new SlowStore();

  /** Stores nothing, as slowly or as badly as a test wants. */
  private static final class SlowStore implements TraceStore, LogStore {
    final ConcurrentLinkedQueue<Integer> commits = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Integer> logCommits = new ConcurrentLinkedQueue<>();
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile boolean failing;

    @Override
    public void append(List<SpanGroup> spans) {
      try {
        if (!gate.await(10, TimeUnit.SECONDS)) {
          throw new IllegalStateException("the test never opened the gate");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (failing) {
        throw new TraceStoreException("disk full", new IOException("disk full"));
      }
      commits.add(spans.size());
    }

    @Override
    public void appendLogs(List<ResourceLogs> logs) {
      if (failing) {
        throw new TraceStoreException("disk full", new IOException("disk full"));
      }
      logCommits.add(logs.size());
    }

    @Override
    public TraceLogs logs(TraceId id, int limit) {
      return new TraceLogs(id.toString(), 0, false, List.of());
    }

    @Override
    public TraceSearch search(TraceQuery query) {
      return new TraceSearch(List.of(), false);
    }

    @Override
    public Optional<Trace> find(TraceId id) {
      return Optional.empty();
    }

    @Override
    public List<Failure> failures(int limit) {
      return List.of();
    }

    @Override
    public TraceStoreState state() {
      return new TraceStoreState(0, 0, 0, null, 0, 0, 0, "");
    }

    @Override
    public void close() {}
  }

  private static SpanBatch batch(int number) {
    ResourceSpans spans =
        Spans.from("orders", Spans.server(new TraceId(1, number + 1), 1, 0, "m", NOON, 1, "OK"));
    return new SpanBatch(Spans.groups(List.of(spans)));
  }

  @Test
  void whatGathersIsCommittedTogether() {
    TraceWriterConfig config = new TraceWriterConfig(1000, 1 << 20, 100, Duration.ofMinutes(2));
    try (TraceWriter writer = TraceWriter.start(store, store, config)) {
      for (int i = 0; i < 250; i++) {
        assertThat(writer.offer(batch(i))).isTrue();
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> store.commits.size() >= 2);
    }
    // Closing waits for the rest without lingering.
    assertThat(store.commits.stream().mapToInt(Integer::intValue).sum()).isEqualTo(250);
    assertThat(store.commits).hasSizeLessThan(10);
  }

  @Test
  void aFullQueueRefusesByCountAndBytes() {
    store.gate = new CountDownLatch(1);
    TraceWriterConfig config = new TraceWriterConfig(3, 1 << 20, 1, Duration.ZERO);
    try (TraceWriter writer = TraceWriter.start(store, store, config)) {
      assertThat(writer.offer(batch(0))).isTrue();
      await().until(() -> writer.depth() == 0);
      for (int i = 1; i <= 3; i++) {
        assertThat(writer.offer(batch(i))).isTrue();
      }
      assertThat(writer.offer(batch(4))).isFalse();
      assertThat(writer.depth()).isEqualTo(3);
      store.gate.countDown();
      await().until(() -> writer.offer(batch(5)));
    }
    assertThat(store.commits).hasSize(5);

    store.gate = new CountDownLatch(1);
    try (TraceWriter writer =
        TraceWriter.start(store, store, new TraceWriterConfig(100, 150, 1, Duration.ZERO))) {
      assertThat(writer.offer(batch(0))).isTrue();
      await().until(() -> writer.depth() == 0);
      assertThat(writer.offer(batch(1))).isTrue();
      assertThat(writer.offer(batch(2))).isFalse();
      store.gate.countDown();
    }
  }

  @Test
  void aFailingStoreCostsItsBatchOnlyAndIsCounted() {
    store.failing = true;
    try (TraceWriter writer =
        TraceWriter.start(store, store, new TraceWriterConfig(100, 1 << 20, 1, Duration.ZERO))) {
      assertThat(writer.offer(batch(0))).isTrue();
      await().until(() -> writer.lost() == 1);
      store.failing = false;
      assertThat(writer.offer(batch(1))).isTrue();
      await().until(() -> store.commits.size() == 1);
      assertThat(writer.lost()).isEqualTo(1);
    }
  }

  @Test
  void logsAreWrittenBesideSpans_andCountedByThemselves() {
    store.failing = true;
    try (TraceWriter writer =
        TraceWriter.start(store, store, new TraceWriterConfig(100, 1 << 20, 1, Duration.ZERO))) {
      assertThat(writer.offer(logs())).isTrue();
      await().until(() -> writer.lostLogs() == 1);
      assertThat(writer.lost()).isZero();
      store.failing = false;
      assertThat(writer.offer(logs())).isTrue();
      assertThat(writer.offer(batch(1))).isTrue();
      await().until(() -> store.logCommits.size() == 1 && store.commits.size() == 1);
    }
  }

  private static LogBatch logs() {
    return new LogBatch(
        List.of(
            Logs.from("orders", Logs.line(new TraceId(1, 2), 1, NOON, "INFO", "hello")).build()),
        1,
        100);
  }

  @Test
  void aClosedWriterTakesNothing() {
    TraceWriter writer = TraceWriter.start(store, store, TraceWriterConfig.DEFAULT);
    writer.close();
    assertThat(writer.offer(batch(0))).isFalse();
    writer.close();
  }
}
