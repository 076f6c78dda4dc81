package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.Load;
import dev.clearspan.chaos.world.Until;
import dev.clearspan.chaos.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Somebody who may write to etcd writes rubbish. */
final class HostileValues implements Scenario {
  private static final int VALUES = 10_000;
  private static final int PAUSE_EVERY = 100;
  private static final long SEED = 1;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "hostile-values";
  }

  @Override
  public String sentence() {
    return "10,000 malformed values are written under every prefix that processes read or write";
  }

  /** Over how long they are spread. */
  @Override
  public int standardSeconds() {
    return 20;
  }

  @Override
  public List<Finding> play(Stage stage) throws InterruptedException {
    World world = stage.open(1, 3);
    HostileKeys keys = new HostileKeys(world.servers(), new Random(SEED));
    Load load = world.load(stage.rate());
    stage.calm();

    stage.note("writing %,d values".formatted(VALUES));
    long ignoredBefore = world.registry().ignoredTotal();
    long began = System.nanoTime();
    long read = 0;
    for (int i = 0; i < VALUES; i++) {
      HostileKeys.Entry entry = keys.next();
      world.gateway().put(entry.key(), entry.value());
      read += entry.isReadByClients() ? 1 : 0;
      if (i % PAUSE_EVERY == 0) {
        spread(stage, began, i);
      }
    }
    long expected = ignoredBefore + read;
    long settled = Until.millis(LIMIT, () -> world.registry().ignoredTotal() >= expected);
    Until.met(LIMIT, "all servers registered again", world::isWhole);

    List<Finding> findings = stage.nothingFailed(load.stop());
    findings.add(Finding.told("values written", VALUES, ""));
    findings.add(
        Finding.atLeast(
            "ignored and counted by the client, of those it reads",
            world.registry().ignoredTotal() - ignoredBefore,
            read,
            ""));
    findings.add(Finding.told("the last of them after", settled, "ms"));
    return findings;
  }

  private static void spread(Stage stage, long began, int written) throws InterruptedException {
    stage.until(0, began + stage.seconds() * 1_000_000_000L / VALUES * written);
  }
}
