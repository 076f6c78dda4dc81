package dev.clearspan.simulate.world;

import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.time.Surroundings;
import dev.clearspan.rpc.time.TimerWheel;
import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.measure.RecordingLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/**
 * Clients with real channels, simulated servers and a network between them, all on one thread and
 * one clock, with all chance from one seed: the same seed is the same run.
 */
public final class World {
  private static final String SERVICE = "orders";
  private static final MethodSpec<Nothing, Nothing> METHOD =
      new MethodSpec<>("shop.Orders/Get", MethodKind.QUERY, true, Nothing.CODEC, Nothing.CODEC);

  /** Calls under way at the end are given so long. */
  private static final int GRACE_SECONDS = 5;

  private final WorldSettings settings;
  private final VirtualTime time = new VirtualTime();
  private final RandomGenerator random;
  private final Recording recording;
  private final SimulatedNetwork network;
  private final SimulatedRegistry registry;
  private final List<SimulatedServer> servers = new ArrayList<>();
  private final List<RpcChannel> clients = new ArrayList<>();
  private double rate;

  /** A world in which all servers but the last {@code absent} are up and nothing has happened. */
  public World(WorldSettings settings, int absent) {
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
    this.rate = settings.callsPerSecond();
    this.recording = new Recording(time, settings.seconds(), settings.servers());
    this.network = new SimulatedNetwork(time, random);
    this.registry = new SimulatedRegistry(SERVICE, time, random);
    for (int i = 0; i < settings.servers(); i++) {
      servers.add(server(i));
    }
    servers.subList(0, settings.servers() - absent).forEach(this::start);
    connect(settings.policy());
  }

  /** Takes the n-th server up, as a new incarnation, and registers it. */
  public void start(int index) {
    start(servers.get(index));
  }

  /** Drains the n-th server as production's servers do, and starts it again so much later. */
  public void restart(int index, long downNanos) {
    SimulatedServer server = servers.get(index);
    server.drain(
        () -> {
          registry.remove(server);
          time.after(downNanos, () -> start(server));
        });
    registry.put(server);
  }

  /** All servers, up or not. */
  public List<SimulatedServer> servers() {
    return servers;
  }

  /** All clients together want to make so many calls a second from now on. */
  public void callsPerSecond(double value) {
    rate = value;
  }

  /** Has it done at that second. */
  public void at(double second, Runnable action) {
    time.at((long) (second * VirtualTime.SECOND), action);
  }

  /**
   * Runs it to its end.
   *
   * @param progress hears of each second that has passed
   */
  public Recording run(IntConsumer progress) {
    time.after(gapNanos(), this::call);
    for (int second = 1; second <= settings.seconds(); second++) {
      time.runUntil(second * VirtualTime.SECOND);
      progress.accept(second);
    }
    rate = 0;
    time.runUntil((settings.seconds() + GRACE_SECONDS) * VirtualTime.SECOND);
    recording.end();
    return recording;
  }

  /** Events worked off so far. */
  public long events() {
    return time.worked();
  }

  private SimulatedServer server(int index) {
    SimulatedServer server =
        new SimulatedServer(index, time, random, settings.server(), recording.servers().get(index));
    network.attach(server);
    return server;
  }

  private void start(SimulatedServer server) {
    server.start();
    registry.put(server);
  }

  /** One wheel for all: each of its own would tick for itself. */
  private void connect(Policy policy) {
    Surroundings surroundings = new Surroundings(time, time, new TimerWheel(time, time), random);
    RecordingLedger ledger = new RecordingLedger(recording);
    for (int i = 0; i < settings.clients(); i++) {
      clients.add(
          RpcChannel.builder(SERVICE)
              .discovery(registry)
              .identity(identity(i))
              .ledger(ledger)
              .policy(policy)
              .network(network, surroundings)
              .executor(Runnable::run)
              .build());
    }
  }

  private ProcessIdentity identity(int client) {
    String id = "client-" + client;
    return new ProcessIdentity("storefront", id, id, client, "simulated", time.instant(), "");
  }

  /** Calls come independently of each other (a Poisson process), each from any client. */
  private void call() {
    if (rate <= 0) {
      return;
    }
    time.after(gapNanos(), this::call);
    RpcChannel client = clients.get(random.nextInt(clients.size()));
    // The ledger has the outcome.
    CompletionStage<Nothing> unused =
        client.callAsync(METHOD, Nothing.NOTHING, CallOptions.DEFAULT);
  }

  private long gapNanos() {
    return (long) (-StrictMath.log(1 - random.nextDouble()) / rate * VirtualTime.SECOND);
  }
}
