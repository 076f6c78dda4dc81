package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.console.ManualClock;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty times what may be kept flows through the file, at a pace a console sees. */
@Tag("full")
class TraceFileSizeIT {
  private static final long MIB = 1 << 20;
  private static final long CAP = 16 * MIB;
  private static final int TRACES_PER_BATCH = 100;
  private static final int BATCHES = 1500;

  @TempDir private Path directory;
  private final Random random = new Random(42);
  private final AtomicLong largest = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();

  @Test
  void theFileStaysBelowOneAndAHalfTimesItsCap() {
    ManualClock clock = new ManualClock(TraceStoreContract.NOON);
    TraceStoreConfig config = TraceStoreConfig.in(directory).withMaxBytes(CAP);
    ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    try (H2TraceStore store = H2TraceStore.open(config, clock)) {
      var writing =
          pace.scheduleAtFixedRate(
              () -> {
                store.append(Spans.groups(batch()));
                clock.advance(Duration.ofSeconds(1));
                largest.accumulateAndGet(store.state().bytes(), Math::max);
                batches.incrementAndGet();
              },
              0,
              50,
              TimeUnit.MILLISECONDS);
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> batches.get() >= BATCHES || writing.isDone());
      writing.cancel(false);
      assertThat(batches.get()).isGreaterThanOrEqualTo(BATCHES);
      assertThat(store.state().traces()).isGreaterThan(3000);
    } finally {
      pace.shutdownNow();
    }
    System.out.printf("at most %.1f MiB, of %d%n", (double) largest.get() / MIB, CAP / MIB);
    assertThat(largest.get()).isLessThan(CAP * 3 / 2);
  }

  private List<ResourceSpans> batch() {
    List<ResourceSpans> spans = new ArrayList<>();
    for (int i = 0; i < TRACES_PER_BATCH; i++) {
      TraceId id = new TraceId(random.nextLong(), random.nextLong());
      byte[] payload = new byte[1200];
      random.nextBytes(payload);
      spans.add(
          Spans.from(
              "orders",
              Spans.server(id, 1, 0, TraceStoreContract.PLACE, TraceStoreContract.NOON, 5, "OK")
                  .addAttributes(Spans.attribute("payload", HexFormat.of().formatHex(payload)))));
    }
    return spans;
  }
}
