package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.Load;
import dev.clearspan.chaos.world.Until;
import dev.clearspan.chaos.world.World;
import dev.clearspan.etcd.EtcdProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The registry stands still for so long that all leases have ended when it goes on. */
final class EtcdFrozen implements Scenario {
  private static final int LEASES = 3;
  private static final int LEASE_SECONDS = 15;
  private static final Duration WATCHED = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "etcd-frozen";
  }

  @Override
  public String sentence() {
    return "etcd stands still (SIGSTOP) for three leases, drops everybody and goes on";
  }

  @Override
  public int standardSeconds() {
    return LEASES * LEASE_SECONDS;
  }

  @Override
  public List<Finding> play(Stage stage) throws InterruptedException {
    World world = stage.open(1, 3);
    EtcdProcess etcd = world.etcd().get(0);
    Load load = world.load(stage.rate());
    stage.calm();

    stage.note("etcd: SIGSTOP, for " + stage.seconds() + " s");
    long began = System.nanoTime();
    etcd.freeze();
    stage.until(stage.seconds(), began);
    stage.note("etcd: SIGCONT");
    etcd.thaw();
    AtomicLong fewest = new AtomicLong(Long.MAX_VALUE);
    long whole =
        Until.lastUnmetMillis(
            WATCHED,
            () -> {
              List<String> there = world.registered();
              fewest.accumulateAndGet(there.size(), Math::min);
              return there.size() == world.servers().size();
            });

    List<Finding> findings = stage.nothingFailed(load.stop());
    findings.add(Finding.told("instances left in etcd at worst", fewest.get(), "of 3"));
    findings.add(Finding.atMost("registry whole after SIGCONT", whole, 5_000, "ms"));
    return findings;
  }
}
