package dev.clearspan.console.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.ManualClock;
import dev.clearspan.console.PrometheusProcess;
import dev.clearspan.console.metric.RedQuery.GroupBy;
import dev.clearspan.console.remote.RemoteConfig;
import dev.clearspan.console.remote.RemoteJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Prometheus that has scraped the same traffic. */
class PrometheusMetricStoreTest extends MetricStoreContract {
  @TempDir private static Path folder;
  private static PrometheusProcess prometheus;

  @BeforeAll
  static void startPrometheus() throws IOException, InterruptedException {
    prometheus = PrometheusProcess.remembering(folder, Traffic.scraped());
  }

  @AfterAll
  static void stopPrometheus() throws InterruptedException {
    prometheus.close();
  }

  private static MetricStore reaching(Duration reach) {
    return new PrometheusMetricStore(
        new RemoteJson(RemoteConfig.of("Prometheus", prometheus.url())),
        new PromReach(reach, Duration.ofSeconds(30)),
        new ManualClock(Traffic.END));
  }

  @Override
  MetricStore store() {
    return reaching(Duration.ofDays(1));
  }

  @Test
  void aLongChartHasLongSteps() {
    RedSeries day =
        store()
            .series(
                new RedQuery(
                    "orders",
                    null,
                    null,
                    Set.of(),
                    Traffic.END.minus(Duration.ofHours(20)),
                    Traffic.END));
    assertThat(day.stepSeconds()).isEqualTo(300);
    assertThat(day.series().get(0).points()).hasSize(240);
    assertThat(day.series().get(0).points().stream().mapToLong(RedPoint::calls).sum())
        .isBetween(1_790L, 1_810L);
  }

  @Test
  void itIsNotAskedForMoreThanItsReach() {
    RedSeries hour =
        reaching(Duration.ofHours(1))
            .series(
                new RedQuery(
                    "orders", null, null, Set.of(), Traffic.END.minus(Duration.ofDays(9)), null));
    assertThat(hour.from()).isEqualTo(Traffic.END.minus(Duration.ofHours(1)));
  }

  @Test
  void whatItCannotTellItSays() {
    RedSeries attempts =
        store()
            .series(
                new RedQuery(
                    "orders",
                    null,
                    "storefront",
                    Set.of(GroupBy.INSTANCE),
                    Traffic.END.minusSeconds(60),
                    Traffic.END));
    assertThat(attempts.notes()).singleElement().asString().contains("how long attempts");
    assertThat(attempts.series()).hasSize(2);
    assertThat(attempts.series().get(0).points())
        .allSatisfy(
            point -> {
              assertThat(point.calls()).isPositive();
              assertThat(point.p50Millis()).isNull();
            });
  }
}
