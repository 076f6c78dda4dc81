package dev.clearspan.simulate.scenario;

import dev.clearspan.protocol.Policy;
import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.measure.ServerSeries;
import dev.clearspan.simulate.world.ServerSettings;
import java.util.IntSummaryStatistics;
import java.util.List;

/** Nothing happens, for long, in a large fleet: how evenly are calls spread? */
final class Balance implements Scenario {
  private static final ServerSettings SERVER = new ServerSettings(4, 10, 0.5);

  /** 100 calls a second for each server. */
  private static final double LOAD = 0.25;

  private static final int WINDOW = 10;

  private final int seconds;

  Balance(int seconds) {
    this.seconds = seconds;
  }

  @Override
  public String name() {
    return "balance";
  }

  @Override
  public String sentence() {
    return "a large fleet in peace; calls per server in each 10 s";
  }

  @Override
  public Size standard() {
    return new Size(10_000, 100);
  }

  @Override
  public Play play(Size size, long seed, Progress progress) {
    Stage stage = Stage.of(size, SERVER, LOAD, seconds, Policy.getDefaultInstance(), seed);
    Recording recording = stage.run(progress);
    return stage.play(
        recording,
        List.of(
            Check.atMost("calls per server, max/mean, worst 10 s", worst(recording), 1.25, ""),
            Check.atMost("failed calls", recording.failed(0, seconds), 0, "")));
  }

  private double worst(Recording recording) {
    double worst = 0;
    for (int from = 0; from + WINDOW <= seconds; from += WINDOW) {
      worst = Math.max(worst, maxToMean(recording.servers(), from));
    }
    return worst;
  }

  private static double maxToMean(List<ServerSeries> servers, int from) {
    IntSummaryStatistics calls =
        servers.stream()
            .mapToInt(server -> server.arrivals(from, from + WINDOW))
            .summaryStatistics();
    return calls.getMax() / calls.getAverage();
  }
}
