package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.Load;
import dev.clearspan.chaos.world.Until;
import dev.clearspan.chaos.world.World;
import dev.clearspan.etcd.EtcdProcess;
import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.Registration;
import java.time.Duration;
import java.util.List;

/** A cluster of three loses its leader; then each member in turn hangs. */
final class ClusterLosses implements Scenario {
  private static final Duration REGISTER_LIMIT = Duration.ofSeconds(60);
  private static final Duration WATCHED = Duration.ofSeconds(10);
  private static final int FIRST_PORT = 9_000;

  @Override
  public String name() {
    return "cluster-losses";
  }

  @Override
  public String sentence() {
    return "etcd of 3 members: the leader is killed, then each member in turn hangs (SIGSTOP)";
  }

  /** How long each loss lasts. */
  @Override
  public int standardSeconds() {
    return 15;
  }

  @Override
  public List<Finding> play(Stage stage) throws InterruptedException {
    World world = stage.open(3, 3);
    Load load = world.load(stage.rate());
    stage.calm();

    EtcdProcess leader = world.leader();
    stage.note(leader.endpoint() + ", the leader: kill -9");
    long began = System.nanoTime();
    leader.kill();
    long afterKill = register(world, 0);
    stage.until(stage.seconds(), began);
    leader.restart();
    leader.awaitReady();

    long afterHang = 0;
    for (EtcdProcess member : world.etcd()) {
      stage.note(member.endpoint() + ": SIGSTOP");
      began = System.nanoTime();
      member.freeze();
      afterHang = Math.max(afterHang, register(world, 1 + world.etcd().indexOf(member)));
      stage.until(stage.seconds(), began);
      member.thaw();
      member.awaitReady();
    }
    long whole = Until.lastUnmetMillis(WATCHED, world::isWhole);

    List<Finding> findings = stage.nothingFailed(load.stop());
    findings.add(Finding.atMost("registration without the leader", afterKill, 5_000, "ms"));
    findings.add(
        Finding.atMost("registration beside a hung member, at worst", afterHang, 5_000, "ms"));
    findings.add(Finding.atMost("registry whole after the last one's SIGCONT", whole, 5_000, "ms"));
    return findings;
  }

  /** How long a registration takes that begins now. */
  private static long register(World world, int number) throws InterruptedException {
    Instance instance =
        Instance.newBuilder()
            .setService("trial")
            .setInstanceId("trial-" + number)
            .setHost("127.0.0.1")
            .setPort(FIRST_PORT + number)
            .setWeight(100)
            .setIncarnation("trial")
            .setState(Instance.State.UP)
            .build();
    Registration registration = world.registry().register(instance);
    return Until.millis(REGISTER_LIMIT, registration::isRegistered);
  }
}
