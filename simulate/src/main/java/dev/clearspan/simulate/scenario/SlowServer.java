package dev.clearspan.simulate.scenario;

import dev.clearspan.protocol.BalancerPolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.world.ServerSettings;
import dev.clearspan.simulate.world.SimulatedServer;
import java.util.List;

/** One of few servers is ten times as slow, against the same play without it. */
final class SlowServer implements Scenario {
  private static final ServerSettings SERVER = new ServerSettings(8, 10, 0.5);
  private static final double LOAD = 0.5;
  private static final int SECONDS = 90;
  private static final int SLOW_FROM = 10;

  /** Clients have met the slow server once by now. */
  private static final int MEASURED_FROM = 20;

  private static final Policy POLICY =
      Policy.newBuilder()
          .setBalancer(
              BalancerPolicy.newBuilder().setAlgorithm(BalancerPolicy.Algorithm.P2C_PEAK_EWMA))
          .build();

  @Override
  public String name() {
    return "slow-server";
  }

  @Override
  public String sentence() {
    return "one of five servers is 10x slow under p2c_peak_ewma";
  }

  @Override
  public Size standard() {
    return new Size(100, 5);
  }

  @Override
  public Play play(Size size, long seed, Progress progress) {
    Recording healthy = stage(size, seed).run((second, all) -> progress.passed(second, 2 * all));
    Stage stage = stage(size, seed);
    SimulatedServer slow = stage.world().servers().get(0);
    stage.fault(
        SLOW_FROM, SECONDS, "server 1: 10x slow", () -> slow.slowness(10), () -> slow.slowness(1));
    Recording recording = stage.run((second, all) -> progress.passed(all + second, 2 * all));
    return stage.play(
        recording,
        List.of(
            Check.atMost("p99 against all healthy", p99(recording) / p99(healthy), 1.5, "x"),
            Check.atLeast(
                "calls that ended well",
                100 * Share.wellEnded(recording, SLOW_FROM, SECONDS),
                99.9,
                "%")));
  }

  private static Stage stage(Size size, long seed) {
    return Stage.of(size, SERVER, LOAD, SECONDS, POLICY, seed);
  }

  private static double p99(Recording recording) {
    return recording.latencies(MEASURED_FROM, SECONDS).quantileMillis(0.99);
  }
}
