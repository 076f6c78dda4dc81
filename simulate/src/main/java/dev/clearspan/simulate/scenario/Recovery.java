package dev.clearspan.simulate.scenario;

import dev.clearspan.protocol.Policy;
import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.world.ServerSettings;
import java.util.List;

/**
 * All servers are five times as slow for a while, which is too slow for the load: once they are
 * well again all must be as before, and not be kept down by retries and queues (a metastable state,
 * Bronson et al., "Metastable Failures in Distributed Systems", HotOS 2021).
 */
final class Recovery implements Scenario {
  private static final ServerSettings SERVER = new ServerSettings(8, 10, 0.5);
  private static final double LOAD = 0.7;
  private static final int SECONDS = 90;
  private static final int FROM = 30;
  private static final int TO = 50;
  private static final int RECOVERED = TO + 20;

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public String sentence() {
    return "all servers 5x slow for 20 s; nothing of it stays (no metastable state)";
  }

  @Override
  public Size standard() {
    return new Size(100, 5);
  }

  @Override
  public Play play(Size size, long seed, Progress progress) {
    Stage stage = Stage.of(size, SERVER, LOAD, SECONDS, Policy.getDefaultInstance(), seed);
    stage.fault(FROM, TO, "all servers 5x slow", () -> slow(stage, 5), () -> slow(stage, 1));
    Recording recording = stage.run(progress);
    return stage.play(
        recording,
        List.of(
            Check.atLeast(
                "goodput of offered, 20 to 40 s after",
                100 * Share.ofOffered(recording, RECOVERED, SECONDS),
                99,
                "%"),
            Check.atMost(
                "p99 then against before",
                p99(recording, RECOVERED, SECONDS) / p99(recording, FROM - 20, FROM),
                1.5,
                "x")));
  }

  private static void slow(Stage stage, double factor) {
    stage.world().servers().forEach(server -> server.slowness(factor));
  }

  private static double p99(Recording recording, int from, int to) {
    return recording.latencies(from, to).quantileMillis(0.99);
  }
}
