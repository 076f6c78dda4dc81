package dev.clearspan.simulate.scenario;

import dev.clearspan.protocol.Policy;
import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.world.ServerSettings;
import java.util.List;

/** Clients want three times what the servers can do, for half a minute. */
final class Overload implements Scenario {
  private static final ServerSettings SERVER = new ServerSettings(8, 10, 0.5);
  private static final double LOAD = 0.7;
  private static final int SECONDS = 90;
  private static final int FROM = 30;
  private static final int TO = 60;
  private static final int RECOVERED = TO + 10;

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public String sentence() {
    return "3x of what the servers can do for 30 s; peak is what they can do at all";
  }

  @Override
  public Size standard() {
    return new Size(100, 5);
  }

  @Override
  public Play play(Size size, long seed, Progress progress) {
    Stage stage = Stage.of(size, SERVER, LOAD, SECONDS, Policy.getDefaultInstance(), seed);
    double peak = stage.capacity();
    stage.fault(
        FROM,
        TO,
        "3x overload",
        () -> stage.world().callsPerSecond(3 * peak),
        () -> stage.world().callsPerSecond(LOAD * peak));
    Recording recording = stage.run(progress);
    double goodput = (double) recording.succeeded(FROM, TO) / (TO - FROM);
    return stage.play(
        recording,
        List.of(
            Check.atLeast("goodput of peak during overload", 100 * goodput / peak, 90, "%"),
            Check.atLeast(
                "goodput of offered, 10 to 20 s after",
                100 * Share.ofOffered(recording, RECOVERED, RECOVERED + 10),
                99,
                "%")));
  }
}
