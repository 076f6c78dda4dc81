package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.control.ControlStore.Committed;
import dev.clearspan.rpc.control.ControlStore.Entry;
import dev.clearspan.rpc.control.ControlStore.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Fifty clients prove twenty changes, half of them within a second however busy the machine. */
@ExtendWith(SharedEtcd.class)
final class ConvergenceIT {
  private static final int CLIENTS = 50;
  private static final int CHANGES = 20;
  private static final String ENV = "convergence";

  @TempDir Path snapshots;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  @Test
  void fiftyClientsAcknowledgeEachChange_typicallyWithinASecond() {
    List<EtcdRegistry> clients =
        IntStream.range(0, CLIENTS).mapToObj(i -> EtcdFixtures.direct(ENV, snapshots)).toList();
    try (EtcdControlStore store =
        EtcdControlStore.builder().endpoints(SharedEtcd.process().endpoint()).env(ENV).build()) {
      store.follow("status/", new AckReader());
      clients.forEach(client -> client.watchRules("orders", rules -> {}));
      await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() == CLIENTS);

      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < CHANGES; i++) {
        millis.add(changeAndAwaitProof(store, 1 + i % 5));
      }

      List<Long> sorted = millis.stream().sorted().toList();
      System.out.printf("changes proven within (ms): %s%n", sorted);
      assertThat(sorted.get(CHANGES / 2)).as("median of %s", sorted).isLessThanOrEqualTo(1_000);
    } finally {
      clients.forEach(EtcdRegistry::close);
    }
  }

  private long changeAndAwaitProof(ControlStore store, int attempts) {
    String policy = "{\"service\":{\"retry\":{\"maxAttempts\":" + attempts + "}}}";
    long started = System.nanoTime();
    Committed change =
        (Committed)
            store
                .commit(
                    List.of(new Write("svc/orders/ctl/policy", policy, -1)),
                    AuditEntry.getDefaultInstance())
                .toCompletableFuture()
                .join();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(60))
        .until(() -> acknowledged.values().stream().allMatch(seen -> seen >= change.revision()));
    return (System.nanoTime() - started) / 1_000_000;
  }

  /** Keeps the revision each process has acknowledged. */
  private final class AckReader implements ControlStore.Listener {
    @Override
    public void reset(List<Entry> entries, long revision) {
      entries.forEach(this::put);
    }

    @Override
    public void put(Entry entry) {
      Parsed<ProcessStatus> parsed =
          JsonValues.parse(
              Stored.remembered(entry.key(), entry.value()), 8_192, ProcessStatus.newBuilder());
      long revision =
          ((Parsed.Valid<ProcessStatus>) parsed)
              .message()
              .getAppliedByServiceOrDefault("orders", 0);
      if (revision > 0) {
        acknowledged.put(entry.key(), revision);
      }
    }

    @Override
    public void deleted(String key, long revision) {
      acknowledged.remove(key);
    }
  }
}
