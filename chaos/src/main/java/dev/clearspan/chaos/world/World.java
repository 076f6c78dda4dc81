package dev.clearspan.chaos.world;

import dev.clearspan.chaos.load.AttemptLog;
import dev.clearspan.chaos.load.Load;
import dev.clearspan.chaos.load.WorkService;
import dev.clearspan.etcd.EtcdProcess;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An etcd of one member or several, servers in processes of their own, and this process as their
 * client. Closing ends all that it started, from any thread; else it is for one thread.
 */
public final class World implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final String ENV = "chaos";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>(); // guarded by itself
  private final List<WorkServer> servers = new ArrayList<>();
  private final AttemptLog attempts = new AttemptLog();
  private final Path directory;
  private final List<EtcdProcess> etcd;
  private final Place place;
  private final EtcdGateway gateway;
  private final EtcdRegistry registry;
  private final RpcChannel channel;

  private World(int members) {
    directory = Directories.temporary();
    keep(() -> Directories.remove(directory));
    etcd = EtcdProcess.startCluster(members);
    etcd.forEach(this::keep);
    List<String> endpoints = etcd.stream().map(EtcdProcess::endpoint).toList();
    place = new Place(String.join(",", endpoints), ENV, directory.resolve("snapshots"));
    gateway = new EtcdGateway(endpoints, ENV);
    registry = keep(connect("shopper"));
    channel =
        keep(RpcChannel.builder(WorkService.NAME).registry(registry).ledger(attempts).build());
  }

  /**
   * Starts everything; returns when all servers are registered and answer.
   *
   * @param members of etcd, 1 or 3
   */
  public static World open(int members, int servers) throws InterruptedException {
    World world = new World(members);
    try {
      world.start(servers);
      return world;
    } catch (RuntimeException | InterruptedException | AssertionError e) {
      world.close();
      throw e;
    }
  }

  private void start(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      servers.add(addServer());
    }
    Until.met(START_LIMIT, "all servers registered", () -> registered().size() == count);
    if (count > 0) {
      try (Load load = load(100)) {
        Until.met(
            START_LIMIT,
            "all servers called",
            () -> servers.stream().allMatch(each -> attempts.peer(each.id()).answered() > 3));
        var unused = load.stop();
      }
    }
  }

  /** Starts one more server; returns when it serves, registered or not. */
  public WorkServer addServer() {
    return keep(WorkServer.start(place));
  }

  /** Starts a client in a process of its own and waits until it has made its calls. */
  public Newcomer callFromNewProcess(int calls) {
    return Newcomer.call(place, calls);
  }

  /** Calls a server by its address, registry or not; tells how many of the calls failed. */
  public long callDirectly(WorkServer server, int calls) {
    try (RpcChannel direct =
        RpcChannel.builder(WorkService.NAME).target("127.0.0.1", server.port()).build()) {
      return SteadyCalls.failed(direct, calls);
    }
  }

  /** A registry of this process beside the client's own; ends with this world. */
  public EtcdRegistry anotherRegistry(String service) {
    return keep(connect(service));
  }

  private EtcdRegistry connect(String service) {
    return EtcdRegistry.builder()
        .endpoints(place.endpoints())
        .env(place.env())
        .identity(ProcessIdentity.of(service))
        .snapshotDirectory(place.snapshots())
        .build();
  }

  /** Calls at this rate begin now. */
  public Load load(int rate) {
    return keep(new Load(channel, attempts, rate));
  }

  /** The members of etcd. */
  public List<EtcdProcess> etcd() {
    return etcd;
  }

  /** The member that leads. */
  public EtcdProcess leader() {
    return etcd.stream().filter(EtcdProcess::isLeader).findFirst().orElseThrow();
  }

  /** The servers it began with. */
  public List<WorkServer> servers() {
    return servers;
  }

  public AttemptLog attempts() {
    return attempts;
  }

  public EtcdGateway gateway() {
    return gateway;
  }

  /** The client's. */
  public EtcdRegistry registry() {
    return registry;
  }

  public Place place() {
    return place;
  }

  /** Ids of the instances that are in etcd. */
  public List<String> registered() {
    return List.copyOf(gateway.keys("svc/" + WorkService.NAME + "/inst/"));
  }

  /** Whether all servers it began with are in etcd. */
  public boolean isWhole() {
    return registered()
        .containsAll(servers.stream().map(WorkServer::id).collect(Collectors.toSet()));
  }

  private <T extends AutoCloseable> T keep(T thing) {
    synchronized (opened) {
      opened.push(thing);
    }
    return thing;
  }

  @Override
  public void close() {
    for (AutoCloseable next = next(); next != null; next = next()) {
      try {
        next.close();
      } catch (Exception e) {
        System.err.println("chaos: not ended: " + e);
      }
    }
  }

  private @Nullable AutoCloseable next() {
    synchronized (opened) {
      return opened.poll();
    }
  }
}
