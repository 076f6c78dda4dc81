package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.WorkService;
import dev.clearspan.chaos.world.Until;
import dev.clearspan.chaos.world.World;
import dev.clearspan.etcd.EtcdRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Changes of a policy, seen by two hundred clients. */
final class ManyWatchers implements Scenario {
  private static final int WATCHERS = 200;

  /**
   * Changes that are not measured: 200 clients in one JVM that has just begun share its warming up.
   */
  private static final int WARM_UP = 8;

  private static final Duration START_LIMIT = Duration.ofSeconds(180);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);
  private static final String KEY = "svc/" + WorkService.NAME + "/ctl/policy";

  @Override
  public String name() {
    return "many-watchers";
  }

  @Override
  public String sentence() {
    return "a policy changes once a second, and 200 clients, each with its own connection, apply it";
  }

  @Override
  public int standardSeconds() {
    return 30;
  }

  @Override
  public List<Finding> play(Stage stage) throws InterruptedException {
    World world = stage.open(1, 0);
    int changes = stage.seconds();
    Arrivals arrivals = new Arrivals(WARM_UP + changes, WARM_UP, WATCHERS);
    for (int i = 0; i < WATCHERS; i++) {
      EtcdRegistry registry = world.anotherRegistry("watcher");
      var unused = registry.watchRules(WorkService.NAME, arrivals::heard);
    }
    stage.note("waiting for %d clients".formatted(WATCHERS));
    Until.met(
        START_LIMIT,
        "all clients have a status",
        () -> world.gateway().keys("status/").size() > WATCHERS);
    change(world, arrivals, 0);
    Until.met(START_LIMIT, "all clients watching", () -> arrivals.missing(0) == 0);

    long began = System.nanoTime();
    for (int i = 1; i < WARM_UP; i++) {
      change(world, arrivals, i);
      stage.until(i, began);
    }
    stage.note("%d changes".formatted(changes));
    long writesBefore = world.gateway().writes("status/");
    began = System.nanoTime();
    for (int i = 1; i <= changes; i++) {
      change(world, arrivals, WARM_UP - 1 + i);
      stage.until(i, began);
    }
    int last = WARM_UP - 1 + changes;
    long settled = Until.millis(SETTLE_LIMIT, () -> arrivals.missing(last) == 0);
    double seconds = (System.nanoTime() - began) / 1e9;
    long writes = world.gateway().writes("status/") - writesBefore;

    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.told("changes heard", arrivals.count(), "of " + changes * WATCHERS));
    findings.add(Finding.told("from change to client, median", arrivals.percentile(50), "ms"));
    findings.add(Finding.atMost("from change to client, p99", arrivals.percentile(99), 200, "ms"));
    findings.add(Finding.told("the last of the last", settled, "ms"));
    findings.add(Finding.told("status writes a second", Math.round(writes / seconds), ""));
    findings.add(
        Finding.atMost(
            "status writes of a client in 100 s",
            Math.round(100.0 * writes / seconds / (WATCHERS + 1)),
            110,
            ""));
    findings.add(Finding.told("etcd's database", world.gateway().databaseBytes() / 1024, "KiB"));
    return findings;
  }

  private static void change(World world, Arrivals arrivals, int number) {
    String policy = "{\"service\":{\"deadline\":{\"timeout\":\"%ds\"}}}".formatted(number + 1);
    arrivals.sent(number, System.nanoTime());
    world.gateway().put(KEY, policy.getBytes(StandardCharsets.UTF_8));
  }
}
