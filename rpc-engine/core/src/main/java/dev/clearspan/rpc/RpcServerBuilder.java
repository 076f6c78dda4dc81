package dev.clearspan.rpc;

import dev.clearspan.rpc.RpcChannel.Stage;
import dev.clearspan.rpc.internal.http1.AdminPages;
import dev.clearspan.rpc.internal.http1.HttpGateway;
import dev.clearspan.rpc.internal.http1.HttpRoutes;
import dev.clearspan.rpc.internal.http2.Http2Gateway;
import dev.clearspan.rpc.internal.netty.PagePort;
import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import dev.clearspan.rpc.internal.netty.ServerSocketListener.Encryption;
import dev.clearspan.rpc.internal.tls.ServerTls;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Ledgers;
import dev.clearspan.rpc.server.Advertised;
import dev.clearspan.rpc.server.CallGate;
import dev.clearspan.rpc.server.CallerRules;
import dev.clearspan.rpc.server.Dispatcher;
import dev.clearspan.rpc.server.MethodTable;
import dev.clearspan.rpc.server.PipelineStages;
import dev.clearspan.rpc.server.Readiness;
import dev.clearspan.rpc.server.RegistryPresence;
import dev.clearspan.rpc.server.ServerGauges;
import dev.clearspan.rpc.server.ServerScope;
import dev.clearspan.rpc.server.StreamThreads;
import dev.clearspan.rpc.standard.HealthService;
import dev.clearspan.rpc.standard.ReflectionService;
import dev.clearspan.rpc.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures an {@link RpcServer}. Not thread-safe. */
public final class RpcServerBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(RpcServerBuilder.class);
  private static final Duration READINESS_LIMIT = Duration.ofSeconds(2);
  private static final int NO_PORT = -1;
  private static final int MOST_WEIGHT = 10_000;

  private final String service;
  private final List<ServiceDefinition> services = new ArrayList<>();
  private final List<Interceptor> interceptors = new ArrayList<>();
  private final Map<String, String> tags = new HashMap<>();
  private final Set<String> onLoop = new HashSet<>();
  private final Set<String> origins = new HashSet<>();
  private final Map<String, ReadinessCheck> readiness = new LinkedHashMap<>();
  private String host = "127.0.0.1";
  private int port;
  private String adminHost = "127.0.0.1";
  private int adminPort = NO_PORT;
  private @Nullable String advertisedHost;
  private int advertisedPort;
  private int weight = 100;
  private @Nullable String zone;
  private String version = "";
  private boolean standardServices = true;
  private Compression compression = Compression.NONE;
  private final CallerRules callers = new CallerRules();
  private Duration readinessInterval = Duration.ofSeconds(5);
  private @Nullable Tls tls;
  private Limits limits = Limits.fromEnvironment();
  private @Nullable Registry registry;
  private @Nullable ProcessIdentity identity;
  private @Nullable CallLedger ledger;

  /**
   * A builder for the service's server.
   *
   * @throws IllegalArgumentException if a limit set from outside is malformed or out of range
   */
  RpcServerBuilder(String service) {
    this.service = Objects.requireNonNull(service, "service");
  }

  /** Port to listen on; 0, the default, picks a free one. */
  public RpcServerBuilder port(int value) {
    port = between("port", value, 0, 65_535);
    return this;
  }

  /** Address to listen on; default 127.0.0.1. "0.0.0.0" is every one of this machine. */
  public RpcServerBuilder host(String value) {
    host = Objects.requireNonNull(value, "host");
    return this;
  }

  /**
   * Shows /healthz, /readyz and /metrics in plain HTTP on a port of their own too, by default on
   * loopback only; 0 picks a free one. For servers whose port wants certificates.
   */
  public RpcServerBuilder adminPort(int value) {
    adminPort = between("admin port", value, 0, 65_535);
    return this;
  }

  /** Address of the {@link #adminPort}; default 127.0.0.1. */
  public RpcServerBuilder adminHost(String value) {
    adminHost = Objects.requireNonNull(value, "adminHost");
    return this;
  }

  /** Where clients reach this server, if that is not where it listens. */
  public RpcServerBuilder advertise(String atHost, int atPort) {
    advertisedHost = Objects.requireNonNull(atHost, "atHost");
    advertisedPort = between("advertised port", atPort, 1, 65_535);
    return this;
  }

  /** Where to register; without one, clients must be given the address. */
  public RpcServerBuilder registry(Registry value) {
    registry = value;
    return this;
  }

  /** Share of calls relative to other instances, 0 to 10,000; default 100. */
  public RpcServerBuilder weight(int value) {
    weight = between("weight", value, 0, MOST_WEIGHT);
    return this;
  }

  /** Where it runs, for callers that prefer their own zone; default: the identity's. */
  public RpcServerBuilder zone(String value) {
    zone = Objects.requireNonNull(value, "zone");
    return this;
  }

  /** Version of the service's code, for people and for routing. */
  public RpcServerBuilder version(String value) {
    version = Objects.requireNonNull(value, "version");
    return this;
  }

  public RpcServerBuilder tag(String key, String value) {
    tags.put(key, value);
    return this;
  }

  /** Adds a service to serve. */
  public RpcServerBuilder service(RpcService value) {
    services.add(value.definition());
    return this;
  }

  /** Adds a stage around handlers; the first one added is the outermost. */
  public RpcServerBuilder interceptor(Interceptor value) {
    interceptors.add(Objects.requireNonNull(value, "interceptor"));
    return this;
  }

  /**
   * Runs a method ("package.Service/Method") or a whole service ("package.Service") on the event
   * loop: no thread hop, but a handler that blocks there blocks every connection of that loop.
   */
  public RpcServerBuilder runOnLoop(String methodOrService) {
    onLoop.add(methodOrService);
    return this;
  }

  /**
   * Whether gRPC's standard services are offered: health checking always, reflection if a service
   * has a descriptor. Default: they are. Interceptors see their calls like any others.
   */
  public RpcServerBuilder standardServices(boolean value) {
    standardServices = value;
    return this;
  }

  /**
   * Adds a condition for the server to be ready. While any of them fails, or takes longer than 2 s,
   * /readyz answers 503 with the reason, gRPC's health service tells NOT_SERVING, and the instance
   * is marked in the registry, so that clients send elsewhere; calls that still come are served.
   * All are checked before the server registers and then every {@link #readinessInterval}.
   *
   * @param name what people read, such as "database"
   * @throws IllegalArgumentException if there is one of this name
   */
  public RpcServerBuilder readiness(String name, ReadinessCheck check) {
    if (readiness.putIfAbsent(name, check) != null) {
      throw new IllegalArgumentException("readiness: two checks named " + name);
    }
    return this;
  }

  /**
   * How often readiness is checked; default 5 s.
   *
   * @throws IllegalArgumentException if it is not between 100 ms and 1 h
   */
  public RpcServerBuilder readinessInterval(Duration value) {
    if (value.toMillis() < 100 || value.toHours() >= 1) {
      throw new IllegalArgumentException(
          "readiness interval: " + value + " (expected: between 100 ms and 1 h)");
    }
    readinessInterval = value;
    return this;
  }

  /** Lets pages of this origin ("https://shop.example") call over HTTP; by default none may. */
  public RpcServerBuilder allowOrigin(String origin) {
    origins.add(origin);
    return this;
  }

  /**
   * Encrypts connections: without this the port speaks plaintext only, with it TLS only, unless the
   * settings allow both.
   */
  public RpcServerBuilder tls(Tls value) {
    tls = value;
    return this;
  }

  /**
   * Lets only these callers call a method ("package.Service/Method") or a whole service
   * ("package.Service"); a method's own rule replaces its service's, several calls add up. Others
   * get PERMISSION_DENIED. Needs {@link #tls} with clients' certificates.
   *
   * @param identities what {@link Call#callerIdentity} tells: SPIFFE ids and DNS names
   */
  public RpcServerBuilder allow(String methodOrService, String... identities) {
    callers.allow(methodOrService, List.of(identities));
    return this;
  }

  /**
   * Packs replies of 1 KiB and more in Clearspan frames, for clients that can unpack them; default:
   * none. Costs CPU, and pays off on slow networks and large texts only.
   */
  public RpcServerBuilder compression(Compression value) {
    compression = Objects.requireNonNull(value, "compression");
    return this;
  }

  /** Replaces all limits; by default they are {@link Limits#fromEnvironment}. */
  public RpcServerBuilder limits(Limits value) {
    limits = Objects.requireNonNull(value, "limits");
    return this;
  }

  /**
   * Sets one limit: bytes or a count.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public RpcServerBuilder limit(Limit limit, long value) {
    limits = limits.with(limit, value);
    return this;
  }

  /**
   * Sets one limit of time.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public RpcServerBuilder limit(Limit limit, Duration value) {
    limits = limits.with(limit, value);
    return this;
  }

  /** Who the server is; default: the registry's identity, else the environment's. */
  public RpcServerBuilder identity(ProcessIdentity value) {
    identity = value;
    return this;
  }

  /** Where calls are recorded; default: what is found on the class path. The server closes it. */
  public RpcServerBuilder ledger(CallLedger value) {
    ledger = value;
    return this;
  }

  /**
   * Listens, registers, and serves.
   *
   * @throws IllegalStateException if the port cannot be bound
   * @throws IllegalArgumentException if a service is offered twice, a rule for callers is about
   *     nothing that is offered or cannot be checked, files for TLS cannot be used, or the registry
   *     refuses the instance's values
   */
  public RpcServer start() {
    HealthService health = new HealthService(services.stream().map(each -> each.name()).toList());
    MethodTable methods = new MethodTable(offered(health), interceptors, this::runsOnLoop, callers);
    Encryption encryption = encryption();
    ServerSocketListener listener = ServerSocketListener.bind(host, port);
    try {
      return start(methods, health, listener, encryption);
    } catch (RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** The user's services, and gRPC's standard ones unless switched off or offered by the user. */
  private List<ServiceDefinition> offered(HealthService health) {
    List<ServiceDefinition> all = new ArrayList<>(services);
    if (standardServices) {
      List<RpcService> standard = new ArrayList<>(ReflectionService.of(services));
      standard.add(0, health);
      for (RpcService each : standard) {
        ServiceDefinition definition = each.definition();
        if (services.stream().noneMatch(own -> own.name().equals(definition.name()))) {
          all.add(definition);
        }
      }
    }
    return all;
  }

  private @Nullable Encryption encryption() {
    Tls settings = tls;
    if (!callers.isEmpty() && (settings == null || settings.clients() == Tls.Clients.NONE)) {
      throw new IllegalArgumentException(
          "allow: callers cannot be told apart (expected: tls with clients OPTIONAL or REQUIRED)");
    }
    return settings == null
        ? null
        : new Encryption(ServerTls.open(settings), settings.plaintextToo());
  }

  private RpcServer start(
      MethodTable methods,
      HealthService health,
      ServerSocketListener listener,
      @Nullable Encryption encryption) {
    ProcessIdentity given = given();
    Advertised advertised = advertised(given, listener.port());
    ProcessIdentity self = self(service, given, advertised);
    Dispatcher dispatcher = Dispatcher.create();
    ServerScope scope =
        new ServerScope(
            methods,
            new CallGate(limits.inFlight(), Ticker.SYSTEM),
            dispatcher,
            StreamThreads.create(),
            ledger == null ? Ledgers.of(self) : ledger,
            limits,
            Ticker.SYSTEM);
    List<Stage> pipeline = PipelineStages.of(dispatcher, interceptors, encryption != null, callers);
    Readiness checked = new Readiness(readiness, readinessInterval, READINESS_LIMIT);
    Supplier<String> notReady = () -> listener.isDraining() ? "draining" : checked.failing();
    HttpRoutes routes = new HttpRoutes(scope, listener, notReady, Set.copyOf(origins));
    listener.accept(
        scope,
        self,
        new HttpGateway(scope, listener, routes),
        new Http2Gateway(scope, listener, self, routes),
        encryption,
        compression);
    AutoCloseable gauges = ServerGauges.register(scope, listener::gauges);
    LOG.info(
        "{} serves {} on port {}; limits: {}",
        self.instanceId(),
        methods.services().stream().map(ServiceDefinition::name).toList(),
        listener.port(),
        limits);
    PagePort admin = adminPages(scope, notReady);
    try {
      checked.first();
      health.ready(checked.failing().isEmpty());
      RegistryPresence presence =
          registry == null
              ? null
              : RegistryPresence.enter(
                  registry,
                  self,
                  advertised,
                  services,
                  pipeline,
                  scope.ledger(),
                  scope.gate(),
                  checked::failing);
      return new RpcServer(
          listener, admin, scope, self, pipeline, health, presence, checked, gauges);
    } catch (RuntimeException e) {
      checked.close();
      if (admin != null) {
        admin.close();
      }
      throw e;
    }
  }

  private @Nullable PagePort adminPages(ServerScope scope, Supplier<String> notReady) {
    if (adminPort == NO_PORT) {
      return null;
    }
    AdminPages pages = new AdminPages(scope, notReady);
    PagePort opened = new PagePort(adminHost, adminPort, limits, pages);
    LOG.info("health and metrics at http://{}:{}", adminHost, opened.port());
    return opened;
  }

  private boolean runsOnLoop(String method) {
    return onLoop.contains(method) || onLoop.contains(method.substring(0, method.indexOf('/')));
  }

  private Advertised advertised(ProcessIdentity given, int boundPort) {
    String reachable = advertisedHost != null ? advertisedHost : reachableHost();
    int reachablePort = advertisedHost != null ? advertisedPort : boundPort;
    String where = zone != null ? zone : given.zone();
    return new Advertised(reachable, reachablePort, weight, where, version, tags);
  }

  private String reachableHost() {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    return everywhere ? ProcessIdentity.of(service).host() : host;
  }

  /**
   * The given identity under the server's service name; an instance id made up becomes host:port.
   */
  private static ProcessIdentity self(
      String service, ProcessIdentity given, Advertised advertised) {
    String instance =
        given.instanceId().equals(given.processId())
            ? advertised.host() + ":" + advertised.port()
            : given.instanceId();
    return new ProcessIdentity(
        service,
        instance,
        given.processId(),
        given.pid(),
        given.host(),
        given.started(),
        advertised.zone());
  }

  private ProcessIdentity given() {
    if (identity != null) {
      return identity;
    }
    return registry == null
        ? ProcessIdentity.fromEnvironment(service)
        : registry.status().identity();
  }

  private static int between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: between " + least + " and " + most + ")");
    }
    return value;
  }
}
