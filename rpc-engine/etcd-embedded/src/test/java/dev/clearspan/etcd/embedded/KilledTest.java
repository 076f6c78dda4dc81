package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.etcd.embedded.api.KeyValue;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** kill -9 while many write: whatever was acknowledged is there afterwards, as it was told. */
final class KilledTest {
  private static final int WRITERS = 8;
  private static final int KEYS_OF_A_WRITER = 200;

  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong writes = new AtomicLong();
  private long seen;

  @Test
  void acknowledgedWritesSurviveTwoKills() throws InterruptedException {
    surviveKills(2);
  }

  @Test
  @Tag("full")
  void acknowledgedWritesSurviveTwentyKills() throws InterruptedException {
    surviveKills(20);
  }

  private void surviveKills(int kills) throws InterruptedException {
    Random random = new Random(kills);
    try (EmbeddedProcess registry = EmbeddedProcess.start()) {
      for (int round = 0; round < kills; round++) {
        writeUntilKilled(registry, round, 300 + random.nextInt(700));
        registry.restart();
        registry.awaitReady();
        verify(registry);
      }
      System.out.printf("%d kills, %d acknowledged writes, none lost%n", kills, seen);
    }
  }

  private void writeUntilKilled(EmbeddedProcess registry, int round, int more)
      throws InterruptedException {
    long enough = seen + more;
    CountDownLatch ended = new CountDownLatch(WRITERS);
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      Thread thread =
          new Thread(
              () -> {
                write(registry.endpoint(), writer, round);
                ended.countDown();
              });
      thread.setDaemon(true);
      thread.start();
    }
    Awaitility.await().until(() -> writes.get() >= enough);
    registry.kill();
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    seen = writes.get();
  }

  /** Until the registry is gone. */
  private void write(String endpoint, int writer, int round) {
    try (Peer peer = new Peer(endpoint)) {
      for (int i = 0; ; i++) {
        String key = "w%d/%d".formatted(writer, i % KEYS_OF_A_WRITER);
        long revision = Requests.put(peer, key, round + "/" + i);
        acknowledged.put(key, revision);
        writes.incrementAndGet();
      }
    } catch (StatusRuntimeException killed) {
      // What was not acknowledged may be there or not.
    }
  }

  private void verify(EmbeddedProcess registry) {
    try (Peer peer = new Peer(registry.endpoint())) {
      Map<String, KeyValue> there =
          Requests.all(peer).getKvsList().stream()
              .collect(Collectors.toMap(each -> each.getKey().toStringUtf8(), Function.identity()));
      acknowledged.forEach(
          (key, revision) ->
              assertThat(there.get(key))
                  .as("%s, acknowledged at revision %d", key, revision)
                  .isNotNull()
                  .satisfies(
                      value ->
                          assertThat(value.getModRevision()).isGreaterThanOrEqualTo(revision)));
    }
  }
}
