package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.Load;
import dev.clearspan.chaos.load.PeerAttempts;
import dev.clearspan.chaos.world.Until;
import dev.clearspan.chaos.world.WorkServer;
import dev.clearspan.chaos.world.World;
import java.time.Duration;
import java.util.List;

/** Every server in turn is told to end, and started again. */
final class RollingRestart implements Scenario {
  private static final Duration BACK_LIMIT = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "rolling-restart";
  }

  @Override
  public String sentence() {
    return "each of 3 servers in turn gets SIGTERM, ends and starts again, for as long as that is";
  }

  @Override
  public int standardSeconds() {
    return 10;
  }

  @Override
  public List<Finding> play(Stage stage) throws InterruptedException {
    World world = stage.open(1, 3);
    Load load = world.load(stage.rate());
    stage.calm();
    long began = System.nanoTime();
    int restarts = 0;
    while (restarts == 0 || System.nanoTime() - began < stage.seconds() * 1_000_000_000L) {
      for (WorkServer server : world.servers()) {
        stage.note(server.id() + ": SIGTERM, then started again");
        restart(world, server);
        restarts++;
      }
    }
    List<Finding> findings = stage.nothingFailed(load.stop());
    findings.add(Finding.told("restarts", restarts, ""));
    return findings;
  }

  private static void restart(World world, WorkServer server) throws InterruptedException {
    server.stop();
    PeerAttempts attempts = world.attempts().peer(server.id());
    long before = attempts.answered();
    server.restart();
    Until.met(BACK_LIMIT, "a restarted server called", () -> attempts.answered() > before + 10);
  }
}
