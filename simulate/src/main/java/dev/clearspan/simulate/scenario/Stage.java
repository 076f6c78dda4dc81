package dev.clearspan.simulate.scenario;

import dev.clearspan.protocol.Policy;
import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.scenario.Play.Fault;
import dev.clearspan.simulate.scenario.Scenario.Progress;
import dev.clearspan.simulate.scenario.Scenario.Size;
import dev.clearspan.simulate.world.ServerSettings;
import dev.clearspan.simulate.world.World;
import dev.clearspan.simulate.world.WorldSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where one scenario is played: a world, and what is to happen in it. */
final class Stage {
  private final WorldSettings settings;
  private final World world;
  private final List<Fault> faults = new ArrayList<>();

  private Stage(WorldSettings settings, int absent) {
    this.settings = settings;
    this.world = new World(settings, absent);
  }

  /** A stage whose servers are busy to this share of what they can do. */
  static Stage of(
      Size size, ServerSettings server, double load, int seconds, Policy policy, long seed) {
    return of(size, server, load, seconds, policy, seed, 0);
  }

  /** The same with some servers not there yet; the load is a share of what all could do. */
  static Stage of(
      Size size,
      ServerSettings server,
      double load,
      int seconds,
      Policy policy,
      long seed,
      int absent) {
    double rate = load * size.servers() * server.capacity();
    return new Stage(
        new WorldSettings(size.clients(), size.servers(), server, rate, seconds, policy, seed),
        absent);
  }

  World world() {
    return world;
  }

  double capacity() {
    return settings.capacity();
  }

  /** Does something at one second and undoes it at another. */
  void fault(int from, int to, String label, Runnable begin, Runnable end) {
    faults.add(new Fault(from, to, label));
    world.at(from, begin);
    world.at(to, end);
  }

  /** Names what happens meanwhile, in the chart. */
  void note(double from, double to, String label) {
    faults.add(new Fault(from, to, label));
  }

  Recording run(Progress progress) {
    return world.run(second -> progress.passed(second, settings.seconds()));
  }

  Play play(Recording recording, List<Check> checks) {
    return new Play(setting(), recording, faults, checks, world.events());
  }

  private String setting() {
    ServerSettings server = settings.server();
    return String.format(
        Locale.ROOT,
        "%,d clients, %,d servers of %d workers at %.0f ms, %,.0f calls/s (%.0f%% of capacity), %d s, seed %d",
        settings.clients(),
        settings.servers(),
        server.workers(),
        server.meanMillis(),
        settings.callsPerSecond(),
        100 * settings.callsPerSecond() / settings.capacity(),
        settings.seconds(),
        settings.seed());
  }
}
