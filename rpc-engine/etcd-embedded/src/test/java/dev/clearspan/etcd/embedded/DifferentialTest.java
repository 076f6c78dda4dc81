package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random requests get the same answers and the same watch events as from a real etcd. */
final class DifferentialTest {
  private static final int KINDS = 12;

  @TempDir Path directory;

  @Test
  void oneThousandRequestsAreAnsweredLikeEtcd() {
    compare(20_261_123, 1_000);
  }

  @Test
  @Tag("full")
  void tenThousandRequestsAreAnsweredLikeEtcd() {
    compare(1, 10_000);
  }

  @Test
  @Tag("full")
  void andSoAreOthersEachTime() {
    compare(ThreadLocalRandom.current().nextLong(), 10_000);
  }

  private void compare(long seed, int requests) {
    try (EmbeddedRegistry registry =
            EmbeddedRegistry.start(RegistrySettings.in(directory).withPort(0));
        DifferentialRun run = new DifferentialRun(seed, registry.endpoint())) {
      Map<String, Integer> counts = run.run(requests);

      System.out.printf("seed %d, %d requests: %s%n", seed, requests, counts);
      assertThat(counts).hasSize(KINDS);
    }
  }
}
