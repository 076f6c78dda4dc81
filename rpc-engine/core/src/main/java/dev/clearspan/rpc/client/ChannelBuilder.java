package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.balance.Continuity;
import dev.clearspan.rpc.control.ControlPlane;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.control.StatusBoard;
import dev.clearspan.rpc.control.StatusBoard.Urgency;
import dev.clearspan.rpc.discovery.Discovery;
import dev.clearspan.rpc.internal.network.NetworkTransport;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.network.Network;
import dev.clearspan.rpc.policy.PolicyRules;
import dev.clearspan.rpc.policy.Violation;
import dev.clearspan.rpc.time.Scheduler;
import dev.clearspan.rpc.time.Surroundings;
import dev.clearspan.rpc.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Builds a channel. It needs to know where the service is: a registry, a discovery, or fixed
 * addresses; everything else has a default. Not thread-safe; each {@link #build} makes a channel of
 * its own.
 */
public final class ChannelBuilder {
  private final String service;
  private final List<Instance> targets = new ArrayList<>();
  private final List<Interceptor> interceptors = new ArrayList<>();
  private final Map<String, Fallbacks.Handler<?, ?>> fallbacks = new HashMap<>();
  private @Nullable Discovery discovery;
  private @Nullable ControlPlane controlPlane;
  private @Nullable ProcessIdentity identity;
  private @Nullable CallLedger ledger;
  private Carriage carriage = Carriage.SHARED;
  private @Nullable Protocol protocol;
  private Compression compression = Compression.NONE;
  private Policy policy = Policy.getDefaultInstance();
  private Executor executor = CompletionPool.SHARED;
  private Ticker ticker = Ticker.SYSTEM;
  private InstantSource wallClock = InstantSource.system();
  private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
  private @Nullable Scheduler scheduler;

  /** A builder for channels to the service with this name in the registry. */
  public ChannelBuilder(String service) {
    if (service.isBlank()) {
      throw new IllegalArgumentException("service: '" + service + "' (expected: its name)");
    }
    this.service = service;
  }

  /** Finds instances and takes rules from a registry, and reports status to it. */
  public ChannelBuilder registry(Registry value) {
    return discovery(value).controlPlane(value);
  }

  /** Finds instances by this discovery. */
  public ChannelBuilder discovery(Discovery value) {
    discovery = value;
    return this;
  }

  /** Takes rules from this control plane and reports status to it. */
  public ChannelBuilder controlPlane(ControlPlane value) {
    controlPlane = value;
    return this;
  }

  /**
   * Calls a fixed address; several calls add several.
   *
   * @param port 1 to 65,535
   */
  public ChannelBuilder target(String host, int port) {
    targets.add(FixedTargets.at(host, port));
    return this;
  }

  /**
   * Calls this server of the same process without sockets, for tests. Everything else is as usual:
   * both sides' interceptors, deadlines, retries, records; messages are encoded and decoded.
   */
  public ChannelBuilder inProcess(RpcServer server) {
    targets.add(FixedTargets.inProcess(server.identity().instanceId()));
    return transport(server.inProcess());
  }

  /** Adds a stage around calls, inside of those added before. */
  public ChannelBuilder interceptor(Interceptor value) {
    interceptors.add(Objects.requireNonNull(value, "interceptor"));
    return this;
  }

  /**
   * Names a reply that policies may put in place of a method's failures, by {@code
   * fallback.handler}. The handler is given the request and the failure, runs on the {@link
   * #executor}, and returns the reply; one that throws or returns null leaves the failure as it is.
   */
  public <Q, R> ChannelBuilder fallback(
      String name,
      MethodSpec<Q, R> method,
      BiFunction<? super Q, ? super RpcException, ? extends R> handler) {
    fallbacks.put(
        name, new Fallbacks.Handler<>(method, Objects.requireNonNull(handler, "handler")));
    return this;
  }

  /** Who calls; default: the control plane's identity, else the environment's. */
  public ChannelBuilder identity(ProcessIdentity value) {
    identity = value;
    return this;
  }

  /** Where calls are recorded; default: the identity's ledger. Not closed with the channel. */
  public ChannelBuilder ledger(CallLedger value) {
    ledger = value;
    return this;
  }

  /**
   * Calls every instance in this protocol; default: as each is registered, Clearspan frames if it
   * speaks them.
   */
  public ChannelBuilder protocol(Protocol value) {
    protocol = Objects.requireNonNull(value, "protocol");
    return this;
  }

  /**
   * Packs what is sent, on connections whose protocol can; default: nothing. Costs CPU, and pays
   * off on slow networks and large texts only.
   */
  public ChannelBuilder compression(Compression value) {
    compression = Objects.requireNonNull(value, "compression");
    return this;
  }

  /** Encrypts connections; without this they are plaintext. Not with {@link #transport}. */
  public ChannelBuilder tls(Tls value) {
    carriage = carriage.encrypted(Objects.requireNonNull(value, "tls"));
    return this;
  }

  /** How bytes travel; default: one Netty transport per process. Not closed with the channel. */
  public ChannelBuilder transport(ClientTransport value) {
    carriage = carriage.by(value);
    return this;
  }

  /**
   * Carries calls by this network, in place of sockets, with time and chance from its surroundings.
   * Nothing of the channel then reads a clock or runs a thread, but for the {@link #executor}.
   */
  public ChannelBuilder network(Network value, Surroundings surroundings) {
    return transport(new NetworkTransport(value, surroundings.scheduler()))
        .ticker(surroundings.ticker())
        .wallClock(surroundings.wallClock())
        .scheduler(surroundings.scheduler())
        .random(surroundings.random());
  }

  /**
   * Replaces all limits; by default they are {@link Limits#fromEnvironment}. A channel with limits
   * of its own has connections of its own. Not with {@link #transport}.
   */
  public ChannelBuilder limits(Limits value) {
    carriage = carriage.limited(value);
    return this;
  }

  /**
   * Sets one limit: bytes, a count, or milliseconds.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public ChannelBuilder limit(Limit limit, long value) {
    return limits(carriage.limitsOrProcess().with(limit, value));
  }

  /**
   * Sets a limit of time.
   *
   * @throws IllegalArgumentException if it is out of range or the limit is none of time
   */
  public ChannelBuilder limit(Limit limit, Duration value) {
    return limits(carriage.limitsOrProcess().with(limit, value));
  }

  /**
   * What the code wants to be different from the defaults; operators' documents win over it.
   *
   * @throws IllegalArgumentException if a value is out of range; the message names it
   */
  public ChannelBuilder policy(Policy value) {
    List<Violation> violations = PolicyRules.check(value);
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(violations.get(0).toString());
    }
    policy = value;
    return this;
  }

  /**
   * Runs what is hung on asynchronous calls; default: a pool of the process. {@code Runnable::run}
   * stays on the event loop: faster, for continuations that never block.
   */
  public ChannelBuilder executor(Executor value) {
    executor = Objects.requireNonNull(value, "executor");
    return this;
  }

  ChannelBuilder ticker(Ticker value) {
    ticker = value;
    return this;
  }

  ChannelBuilder wallClock(InstantSource value) {
    wallClock = value;
    return this;
  }

  ChannelBuilder scheduler(Scheduler value) {
    scheduler = value;
    return this;
  }

  ChannelBuilder random(RandomGenerator value) {
    random = value;
    return this;
  }

  /**
   * Makes the channel and starts to connect.
   *
   * @throws IllegalStateException if nothing says where the service is, or two things do
   * @throws IllegalArgumentException if files for TLS cannot be used
   */
  public RpcChannel build() {
    if ((discovery == null) == targets.isEmpty()) {
      throw new IllegalStateException(
          "channel to %s: discovery %s, %d targets (expected: a registry or discovery, or targets)"
              .formatted(service, discovery == null ? "none" : "set", targets.size()));
    }
    ChannelWiring wiring = new ChannelWiring();
    ChannelSettings settings = settings(wiring);
    ChannelCounters counters = new ChannelCounters();
    StatusBoard board = controlPlane == null ? null : controlPlane.status();
    Consumer<Urgency> onChange =
        board == null ? urgency -> {} : urgency -> ChannelStatus.tell(board, urgency);
    counters.onTransition(() -> onChange.accept(Urgency.NORMAL));
    EndpointDirectory directory = new EndpointDirectory(settings, counters, onChange);
    ChannelCore core = new ChannelCore(settings, directory, counters);
    List<RpcChannel.Stage> pipeline = Pipeline.stages(interceptors);
    Gauges gauges = settings.ledger().gauges();
    wiring.add(
        gauges.register(
            new ChannelGauges(service, directory, counters, core.throttles(), settings.ticker())));
    wiring.add(gauges.register(settings.transport()::gauges));
    if (board != null) {
      wiring.add(board.contribute(new ChannelStatus(core, counters, pipeline)));
    }
    OutlierWatch outliers = new OutlierWatch(settings, directory, counters);
    wiring.add(outliers);
    connect(core, outliers, wiring);
    return new ServiceChannel(core, pipeline, wiring);
  }

  /** Rules first: the first call should already find them. */
  private void connect(ChannelCore core, OutlierWatch outliers, ChannelWiring wiring) {
    EndpointDirectory directory = core.directory();
    Peers peers = new Peers(discovery, core.settings().identity(), directory::stand);
    wiring.add(peers);
    RegistryNews news = new RegistryNews(service, core.ticker());
    if (controlPlane != null) {
      wiring.add(
          controlPlane.watchRules(
              service,
              rules -> {
                news.heard(rules.revision());
                apply(core, outliers, rules);
                peers.follow(directory.routes().servicePolicy().balancer().subset() > 0);
              }));
      wiring.add(
          controlPlane.watchMetricPushInterval(core.settings().ledger()::metricPushInterval));
    } else if (policy.hasTelemetry()) {
      core.record(ServicePolicy.getDefaultInstance());
    }
    if (discovery != null) {
      wiring.add(core.settings().ledger().gauges().register(news));
      wiring.add(
          discovery.watch(
              service,
              set -> {
                news.heard(set.revision());
                directory.instances(set);
              }));
    } else {
      directory.instances(FixedTargets.set(service, targets));
    }
    peers.follow(directory.routes().servicePolicy().balancer().subset() > 0);
  }

  private static void apply(ChannelCore core, OutlierWatch outliers, ServiceRules rules) {
    core.directory().rules(rules);
    core.rulesChanged();
    outliers.rulesChanged();
    core.record(rules.policy());
  }

  private ChannelSettings settings(ChannelWiring wiring) {
    ChannelOwner owner = ChannelOwner.of(identity, controlPlane, ledger, wiring);
    ClientTransport carrier = carriage.open(service, wiring);
    return new ChannelSettings(
        service,
        owner.identity(),
        carrier,
        owner.ledger(),
        policy,
        List.copyOf(interceptors),
        executor,
        ticker,
        wallClock,
        scheduler != null ? scheduler : carrier.scheduler(),
        random,
        protocol,
        compression,
        new Continuity(random.nextInt()),
        Map.copyOf(fallbacks));
  }
}
