package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.Load;
import dev.clearspan.chaos.world.EtcdGateway;
import dev.clearspan.chaos.world.Newcomer;
import dev.clearspan.chaos.world.Until;
import dev.clearspan.chaos.world.WorkServer;
import dev.clearspan.chaos.world.World;
import dev.clearspan.etcd.EtcdProcess;
import java.time.Duration;
import java.util.List;

/** The registry is gone; processes that start meanwhile have the disk. */
final class EtcdKilled implements Scenario {
  private static final Duration RETURN_LIMIT = Duration.ofSeconds(60);

  /** A lease and more: who has not renewed is gone by then. */
  private static final Duration WATCHED = Duration.ofSeconds(20);

  private static final int NEWCOMERS_CALLS = 200;

  @Override
  public String name() {
    return "etcd-killed";
  }

  @Override
  public String sentence() {
    return "etcd is killed and comes back later; a client and a server start meanwhile";
  }

  @Override
  public int standardSeconds() {
    return 30;
  }

  @Override
  public List<Finding> play(Stage stage) throws InterruptedException {
    World world = stage.open(1, 3);
    EtcdProcess etcd = world.etcd().get(0);
    Load load = world.load(stage.rate());
    stage.calm();

    stage.note("etcd: kill -9, for " + stage.seconds() + " s");
    long began = System.nanoTime();
    etcd.kill();
    Newcomer newcomer = world.callFromNewProcess(NEWCOMERS_CALLS);
    WorkServer late = world.addServer();
    long failedAtLate = world.callDirectly(late, NEWCOMERS_CALLS);
    stage.until(stage.seconds(), began);

    stage.note("etcd: started again");
    etcd.restart();
    EtcdGateway gateway = world.gateway();
    Until.met(RETURN_LIMIT, "etcd answering again", gateway::answers);
    long whole =
        Until.lastUnmetMillis(
            WATCHED, () -> world.isWhole() && world.registered().contains(late.id()));

    List<Finding> findings = stage.nothingFailed(load.stop());
    findings.add(Finding.none("failed calls of a client started meanwhile", newcomer.failed()));
    findings.add(
        Finding.atMost(
            "its first call after its JVM's start", newcomer.firstCallMillis(), 2_000, "ms"));
    findings.add(Finding.none("failed calls to a server started meanwhile", failedAtLate));
    findings.add(Finding.atMost("all registered after etcd's return", whole, 3_000, "ms"));
    return findings;
  }
}
