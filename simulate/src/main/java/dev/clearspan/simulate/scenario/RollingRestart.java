package dev.clearspan.simulate.scenario;

import dev.clearspan.protocol.Policy;
import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.world.ServerSettings;
import dev.clearspan.simulate.world.VirtualTime;
import java.util.List;

/** Each server in turn drains, stops, and comes back as another incarnation. */
final class RollingRestart implements Scenario {
  private static final ServerSettings SERVER = new ServerSettings(8, 10, 0.5);
  private static final double LOAD = 0.4;
  private static final int FIRST = 10;
  private static final int APART = 15;
  private static final int DOWN = 3;

  @Override
  public String name() {
    return "rolling-restart";
  }

  @Override
  public String sentence() {
    return "every server in turn drains, is away for 3 s and comes back";
  }

  @Override
  public Size standard() {
    return new Size(100, 10);
  }

  @Override
  public Play play(Size size, long seed, Progress progress) {
    int seconds = FIRST + APART * size.servers() + APART;
    Stage stage = Stage.of(size, SERVER, LOAD, seconds, Policy.getDefaultInstance(), seed);
    for (int i = 0; i < size.servers(); i++) {
      int server = i;
      int begins = FIRST + APART * i;
      stage.world().at(begins, () -> stage.world().restart(server, DOWN * VirtualTime.SECOND));
      stage.note(begins, begins + DOWN, size.servers() > 12 ? "" : "server " + (i + 1));
    }
    Recording recording = stage.run(progress);
    double offered = recording.offered(0, seconds);
    return stage.play(
        recording,
        List.of(
            Check.atMost("failed calls", recording.failed(0, seconds), 0, ""),
            Check.atLeast(
                "calls that ended well of offered",
                100 * recording.succeeded(0, seconds) / offered,
                100,
                "%")));
  }
}
