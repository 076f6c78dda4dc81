package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.Load;
import dev.clearspan.chaos.load.WorkService;
import dev.clearspan.chaos.world.Until;
import dev.clearspan.chaos.world.WorkServer;
import dev.clearspan.chaos.world.World;
import java.time.Duration;
import java.util.List;

/** Somebody deletes instances by hand. */
final class KeyDeleted implements Scenario {
  private static final Duration BACK_LIMIT = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "key-deleted";
  }

  @Override
  public String sentence() {
    return "the keys of 3 live servers are deleted by hand, again and again";
  }

  @Override
  public int standardSeconds() {
    return 5;
  }

  @Override
  public List<Finding> play(Stage stage) throws InterruptedException {
    World world = stage.open(1, 3);
    Load load = world.load(stage.rate());
    stage.calm();
    stage.note("deleting keys");
    long began = System.nanoTime();
    long slowest = 0;
    int deleted = 0;
    while (deleted == 0 || System.nanoTime() - began < stage.seconds() * 1_000_000_000L) {
      for (WorkServer server : world.servers()) {
        world.gateway().delete("svc/" + WorkService.NAME + "/inst/" + server.id());
        deleted++;
        slowest = Math.max(slowest, Until.millis(BACK_LIMIT, world::isWhole));
      }
    }
    List<Finding> findings = stage.nothingFailed(load.stop());
    findings.add(Finding.told("keys deleted", deleted, ""));
    findings.add(Finding.atMost("back at the latest after", slowest, 2_000, "ms"));
    return findings;
  }
}
