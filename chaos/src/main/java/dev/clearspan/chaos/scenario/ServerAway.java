package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.Load;
import dev.clearspan.chaos.load.PeerAttempts;
import dev.clearspan.chaos.load.Tally;
import dev.clearspan.chaos.world.Until;
import dev.clearspan.chaos.world.WorkServer;
import dev.clearspan.chaos.world.World;
import java.time.Duration;
import java.util.List;

/** One server of three is gone with calls in flight, in one way or another, and returns. */
record ServerAway(
    String name,
    String sentence,
    Deed strike,
    Deed undo,
    String signal,
    int offLimitMillis,
    int backLimitMillis)
    implements Scenario {
  private static final Duration BACK_LIMIT = Duration.ofSeconds(60);

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
        1_500,
        10_000);
  }

  @Override
  public int standardSeconds() {
    return 10;
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
    attempts.incident();
    strike.to(victim);
    stage.until(stage.seconds(), began);
    long last = attempts.lastAfterIncidentMillis();

    stage.note(victim.id() + " returns");
    long before = attempts.answered();
    undo.to(victim);
    long back = Until.millis(BACK_LIMIT, () -> attempts.answered() > before);

    Tally tally = load.stop();
    List<Finding> findings = stage.load(tally);
    findings.addAll(Losses.findings(tally, victim));
    stage.tell(Losses.unexplained(tally, victim));
    findings.add(Finding.atMost("last attempt at it after " + signal, last, offLimitMillis, "ms"));
    findings.add(Finding.atMost("it is called again after", back, backLimitMillis, "ms"));
    return findings;
  }
}
