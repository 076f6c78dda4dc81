package dev.clearspan.simulate.scenario;

import dev.clearspan.protocol.BreakerPolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.world.ServerSettings;
import java.util.List;

/** Every call fails for a minute. Breakers are off: only the retry budget holds retries back. */
final class FailingBackend implements Scenario {
  private static final ServerSettings SERVER = new ServerSettings(8, 10, 0.5);
  private static final double LOAD = 0.3;
  private static final int SECONDS = 100;
  private static final int FROM = 20;
  private static final int TO = 80;
  private static final Policy POLICY =
      Policy.newBuilder().setBreaker(BreakerPolicy.newBuilder().setEnabled(false)).build();

  @Override
  public String name() {
    return "failing-backend";
  }

  @Override
  public String sentence() {
    return "all servers fail 100% for a minute, breakers off; what retries add";
  }

  @Override
  public Size standard() {
    return new Size(100, 5);
  }

  @Override
  public Play play(Size size, long seed, Progress progress) {
    Stage stage = Stage.of(size, SERVER, LOAD, SECONDS, POLICY, seed);
    stage.fault(FROM, TO, "all calls fail", () -> failing(stage, 1), () -> failing(stage, 0));
    Recording recording = stage.run(progress);
    double allowed = 1.1 * recording.offered(FROM, TO) + 10.0 * size.clients();
    return stage.play(
        recording,
        List.of(
            Check.atMost(
                "attempts sent against 1.1 x offered + 10 per client",
                recording.sent(FROM, TO) / allowed,
                1,
                ""),
            Check.atLeast(
                "goodput of offered, 1 to 10 s after",
                100 * Share.ofOffered(recording, TO + 1, TO + 10),
                99,
                "%")));
  }

  private static void failing(Stage stage, double share) {
    stage.world().servers().forEach(server -> server.failureShare(share));
  }
}
