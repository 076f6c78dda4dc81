package dev.clearspan.simulate.scenario;

import dev.clearspan.protocol.Policy;
import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.measure.ServerSeries;
import dev.clearspan.simulate.world.ServerSettings;
import dev.clearspan.simulate.world.SimulatedServer;
import java.util.List;

/** A cold server joins: it is three times as slow at first, and must not be flooded. */
final class NewServer implements Scenario {
  private static final ServerSettings SERVER = new ServerSettings(8, 10, 0.5);
  private static final double LOAD = 0.5;
  private static final int SECONDS = 70;
  private static final int JOINS = 30;
  private static final int COLD_SECONDS = 5;
  private static final int SLOW_START_SECONDS = 10;

  @Override
  public String name() {
    return "new-server";
  }

  @Override
  public String sentence() {
    return "a cold server joins; its calls against the mean of the others";
  }

  @Override
  public Size standard() {
    return new Size(100, 10);
  }

  @Override
  public Play play(Size size, long seed, Progress progress) {
    Stage stage = Stage.of(size, SERVER, LOAD, SECONDS, Policy.getDefaultInstance(), seed, 1);
    int last = size.servers() - 1;
    SimulatedServer joining = stage.world().servers().get(last);
    stage.fault(
        JOINS,
        JOINS + COLD_SECONDS,
        "joins, cold",
        () -> {
          joining.slowness(3);
          stage.world().start(last);
        },
        () -> joining.slowness(1));
    Recording recording = stage.run(progress);
    return stage.play(
        recording,
        List.of(
            Check.atMost("its calls in the first second", share(recording, JOINS, 1), 0.5, "x"),
            Check.atMost("its calls in the worst second of 10", worst(recording), 1.25, "x"),
            Check.atLeast(
                "its calls once slow start is over", share(recording, SECONDS - 20, 20), 0.8, "x"),
            Check.atMost("failed calls", recording.failed(0, SECONDS), 0, "")));
  }

  private static double worst(Recording recording) {
    double worst = 0;
    for (int second = 0; second < SLOW_START_SECONDS; second++) {
      worst = Math.max(worst, share(recording, JOINS + second, 1));
    }
    return worst;
  }

  /** The calls of the server that joined, against the mean of the others. */
  private static double share(Recording recording, int from, int length) {
    List<ServerSeries> servers = recording.servers();
    int last = servers.size() - 1;
    double others =
        servers.subList(0, last).stream()
            .mapToInt(server -> server.arrivals(from, from + length))
            .average()
            .orElseThrow();
    return servers.get(last).arrivals(from, from + length) / others;
  }
}
