package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.Load;
import dev.clearspan.chaos.load.PeerAttempts;
import dev.clearspan.chaos.load.Tally;
import dev.clearspan.chaos.world.Until;
import dev.clearspan.chaos.world.WorkServer;
import dev.clearspan.chaos.world.World;
import java.time.Duration;
import java.util.List;

/**
 * One server of three is gone with calls in flight, in one way or another, and returns.
 *
 * @param sign what clients could notice it by, from where time counts
 */
record ServerAway(
    String name,
    String sentence,
    Deed strike,
    Deed undo,
    String signal,
    String sign,
    int standardSeconds,
    int offLimitMillis,
    int keyLimitMillis)
    implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BACK_LIMIT_MILLIS = 10_000;

  /** Something done to a server. */
  interface Deed {
    void to(WorkServer server) throws InterruptedException;
  }

  /** It dies: its connections are reset. */
  static ServerAway killed() {
    return new ServerAway(
        "server-killed",
        "one of 3 servers is killed (SIGKILL) and started again later",
        WorkServer::kill,
        WorkServer::restart,
        "SIGKILL",
        "the reset",
        10,
        200,
        10_000);
  }

  /** It stands still: its connections stay open, and nothing answers. */
  static ServerAway paused() {
    return new ServerAway(
        "server-paused",
        "one of 3 servers stands still (SIGSTOP) and goes on later",
        WorkServer::freeze,
        WorkServer::thaw,
        "SIGSTOP",
        "SIGSTOP",
        10,
        1_500,
        2_000);
  }

  /** The same for so long that etcd takes it for dead. */
  static ServerAway suspended() {
    return new ServerAway(
        "server-suspended",
        "one of 3 servers stands still (SIGSTOP) until etcd has dropped it, and goes on",
        WorkServer::freeze,
        WorkServer::thaw,
        "SIGSTOP",
        "SIGSTOP",
        25,
        1_500,
        2_000);
  }

  @Override
  public List<Finding> play(Stage stage) throws InterruptedException {
    World world = stage.open(1, 3);
    WorkServer victim = world.servers().get(0);
    PeerAttempts attempts = world.attempts().peer(victim.id());
    Load load = world.load(stage.rate());
    stage.calm();

    stage.note(victim.id() + ": " + signal);
    long began = System.nanoTime();
    strike.to(victim);
    attempts.incident();
    stage.until(stage.seconds(), began);
    long last = attempts.lastAfterIncidentMillis();

    stage.note(victim.id() + " returns");
    boolean dropped = !world.isWhole();
    long before = attempts.answered();
    undo.to(victim);
    long returned = System.nanoTime();
    Until.met(PATIENCE, "the server registered", world::isWhole);
    long key = millisSince(returned);
    Until.met(PATIENCE, "the server called", () -> attempts.answered() > before);
    long back = millisSince(returned);

    Tally tally = load.stop();
    List<Finding> findings = stage.load(tally);
    findings.addAll(Losses.findings(tally, victim));
    stage.tell(Losses.unexplained(tally, victim));
    findings.add(Finding.atMost("last attempt at it after " + sign, last, offLimitMillis, "ms"));
    findings.add(Finding.told("etcd has dropped it (1: yes)", dropped ? 1 : 0, ""));
    findings.add(Finding.atMost("its key is there after", key, keyLimitMillis, "ms"));
    findings.add(Finding.atMost("it is called again after", back, BACK_LIMIT_MILLIS, "ms"));
    return findings;
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
