package dev.clearspan.console;

import dev.clearspan.console.alert.AlertConfig;
import dev.clearspan.console.alert.AlertRules;
import dev.clearspan.console.alert.Alerts;
import dev.clearspan.console.alert.DiscoveryAges;
import dev.clearspan.console.alert.Signals;
import dev.clearspan.console.alert.Silences;
import dev.clearspan.console.api.AlertApi;
import dev.clearspan.console.api.ApiServer;
import dev.clearspan.console.api.ContractApi;
import dev.clearspan.console.api.Features;
import dev.clearspan.console.api.GrafanaApi;
import dev.clearspan.console.api.GuardApi;
import dev.clearspan.console.api.InvokeApi;
import dev.clearspan.console.api.JaegerApi;
import dev.clearspan.console.api.Listen;
import dev.clearspan.console.api.MetricsApi;
import dev.clearspan.console.api.RecorderApi;
import dev.clearspan.console.api.SystemReport;
import dev.clearspan.console.api.TracesApi;
import dev.clearspan.console.audit.AuditAge;
import dev.clearspan.console.audit.AuditChain;
import dev.clearspan.console.audit.AuditPruner;
import dev.clearspan.console.audit.AuditTrail;
import dev.clearspan.console.change.AckLedger;
import dev.clearspan.console.change.BreakerControls;
import dev.clearspan.console.change.InstanceControls;
import dev.clearspan.console.change.Janitor;
import dev.clearspan.console.change.KeepOrders;
import dev.clearspan.console.change.RuleWriter;
import dev.clearspan.console.descriptor.DescriptorLibrary;
import dev.clearspan.console.descriptor.LiveContracts;
import dev.clearspan.console.events.EventPump;
import dev.clearspan.console.events.EventSources;
import dev.clearspan.console.grafana.ConsoleAddress;
import dev.clearspan.console.grafana.GrafanaProxy;
import dev.clearspan.console.guard.Guards;
import dev.clearspan.console.identity.Identity;
import dev.clearspan.console.intake.MetricSink;
import dev.clearspan.console.intake.OtlpReceiver;
import dev.clearspan.console.invoke.InvokeSettings;
import dev.clearspan.console.invoke.Invoker;
import dev.clearspan.console.layout.Layouts;
import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.ExternalCalls;
import dev.clearspan.console.metric.ExternalSpans;
import dev.clearspan.console.metric.MetricIntake;
import dev.clearspan.console.oidc.OidcConfig;
import dev.clearspan.console.oidc.OidcSignIn;
import dev.clearspan.console.outage.Outages;
import dev.clearspan.console.policy.Policies;
import dev.clearspan.console.preview.Previews;
import dev.clearspan.console.recorder.Recorders;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.topology.TopologyHistory;
import dev.clearspan.console.topology.TopologyModel;
import dev.clearspan.console.trace.H2TraceStore;
import dev.clearspan.console.trace.TraceStore;
import dev.clearspan.console.trace.TraceWriter;
import dev.clearspan.console.trace.TraceWriterConfig;
import dev.clearspan.console.web.CertificateState;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.TlsPort;
import dev.clearspan.console.web.TrustedProxies;
import dev.clearspan.etcd.EtcdControlStore;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.control.ControlStore;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running console. It starts and serves without the registry too, and says so, until the registry
 * answers. Thread-safe.
 */
public final class Console implements AutoCloseable {
  private static final int USAGE_ERROR = 2;

  private final ConsoleConfig config;
  private final Clock clock = Clock.systemUTC();
  private final Parts parts;
  private final Identity identity;
  private final Recorders recorders;
  private final ExternalCalls external;
  private final DiscoveryAges ages = new DiscoveryAges(clock);
  private final Alerts alerts;
  private final OtlpReceiver receiver;
  private final @Nullable TlsPort tls;
  private final AtomicInteger port = new AtomicInteger();
  private final @Nullable GrafanaProxy grafana;
  private final Stores stores;
  private final ApiServer api;

  private Console(ConsoleConfig config, AlertConfig alerting, StoreConfig asked, Parts parts) {
    this.config = config;
    this.parts = parts;
    parts.add(DataDirectory.take(config.dataDirectory()));
    Tls settings = config.security().tls();
    tls = settings == null ? null : parts.add(TlsPort.open("console", settings));
    identity = parts.add(Identity.open(config.dataDirectory(), config.adminToken(), clock));
    CallAggregates calls = CallAggregates.create(clock);
    external = new ExternalCalls(clock);
    H2TraceStore file = parts.add(H2TraceStore.open(config.traces(), clock));
    stores = new Stores(asked, file, calls, clock);
    parts.add(Periodic.start("console-stores", stores));
    TraceStore traces = stores.traces();
    TraceWriter writer = parts.add(TraceWriter.start(file, file, TraceWriterConfig.DEFAULT));
    recorders = parts.add(new Recorders(config.traces(), clock));
    parts.add(Periodic.start("console-recorders", recorders));
    MetricSink metrics = new MetricIntake(calls, clock).and(recorders.intake()).and(ages);
    receiver =
        parts.add(
            bind(
                "CLEARSPAN_OTLP_PORT",
                config.intake().port(),
                () ->
                    OtlpReceiver.start(
                        config.intake(), new ExternalSpans(writer, external), metrics)));
    grafana = grafana();
    ControlStore store =
        parts.add(
            EtcdControlStore.builder().endpoints(config.registry()).env(config.env()).build());
    RegistryView registry = parts.add(new RegistryView(store, clock));
    LiveContracts contracts = new LiveContracts(registry, new DescriptorLibrary(store));
    Outages outages = new Outages(registry, clock);
    alerts = alerts(alerting, new RuleWriter(store, registry, clock), registry, calls, outages);
    Features features = features(store, registry, calls, traces, outages);
    parts.add(features.events());
    Guards guards = new Guards(features.policies(), registry, calls, clock);
    parts.add(Periodic.start("console-guards", guards));
    api =
        parts.add(
            bind(
                "CLEARSPAN_CONSOLE_PORT",
                config.port(),
                () ->
                    ApiServer.start(
                        listen(),
                        features,
                        List.of(
                            new TracesApi(traces, file, recorders.absences(traces)),
                            new JaegerApi(traces, features.topology()),
                            new MetricsApi(stores.metrics()),
                            new GrafanaApi(grafana),
                            new RecorderApi(recorders::state),
                            new ContractApi(registry, contracts),
                            new InvokeApi(
                                new Invoker(
                                    registry,
                                    contracts,
                                    writer,
                                    identity.invocations(),
                                    InvokeSettings.ofThisProcess(),
                                    clock),
                                identity),
                            new GuardApi(features.policies(), guards),
                            new AlertApi(alerts)))));
    port.set(api.port());
    parts.add(Periodic.start("console-alerts", alerts));
    parts.add(Periodic.start("console-alert-webhook", alerts.webhook()));
  }

  private @Nullable GrafanaProxy grafana() {
    URI url = config.grafana().url();
    if (url == null) {
      return null;
    }
    ConsoleAddress own =
        new ConsoleAddress(
            config.host(),
            config.isLoopback(),
            config.publicUrl(),
            TrustedProxies.of(config.trustedProxies()),
            port::get,
            tls);
    GrafanaProxy proxy =
        parts.add(
            GrafanaProxy.start(
                config.grafana(), url, own, identity, config.dataDirectory(), clock));
    parts.add(Periodic.start("console-grafana", proxy));
    return proxy;
  }

  private Alerts alerts(
      AlertConfig alerting,
      RuleWriter rules,
      RegistryView registry,
      CallAggregates calls,
      Outages outages) {
    Signals signals =
        new Signals(
            calls,
            new TopologyModel(config.env(), registry, calls, external, clock),
            registry,
            outages,
            recorders::state,
            receiver::state,
            ages,
            clock);
    return new Alerts(
        config.env(),
        new AlertRules(rules, registry),
        new Silences(rules, registry, clock),
        signals,
        alerting,
        () -> String.valueOf(config.publicUrl() == null ? url() : config.publicUrl()),
        clock);
  }

  private Features features(
      ControlStore store,
      RegistryView registry,
      CallAggregates calls,
      TraceStore traces,
      Outages outages) {
    SystemReport system =
        new SystemReport(
            config.env(),
            version(),
            clock.instant(),
            registry,
            receiver::state,
            traces::state,
            recorders::state,
            alerts::summary,
            grafana,
            this::certificates,
            stores::state);
    TopologyModel topology = new TopologyModel(config.env(), registry, calls, external, clock);
    TopologyHistory history =
        new TopologyHistory(() -> topology.topology(TopologyModel.DEFAULT_WINDOW), clock);
    parts.add(Periodic.start("console-topology-history", history));
    RuleWriter rules = new RuleWriter(store, registry, clock);
    AuditTrail audit = new AuditTrail(registry);
    AuditChain auditChain =
        parts.add(new AuditChain(store, identity.auditIndex(config.env()), clock));
    parts.add(Periodic.start("console-audit-chain", auditChain));
    Duration auditAge = config.security().auditAge();
    AuditAge age = auditAge == null ? null : new AuditAge(registry, auditAge, clock);
    parts.add(
        Periodic.start(
            "console-audit-pruner",
            new AuditPruner(store, auditChain, config.security().auditRows(), age)));
    AckLedger acks = new AckLedger(registry, clock);
    BreakerControls breakers = new BreakerControls(rules, registry, clock);
    KeepOrders keeps = new KeepOrders(rules, registry, clock);
    Policies policies = new Policies(rules, registry, audit, clock);
    parts.add(
        Periodic.start("console-janitor", new Janitor(rules, breakers, keeps, registry, clock)));
    OidcConfig provider = config.security().oidc();
    OidcSignIn oidc = provider == null ? null : new OidcSignIn(provider, clock);
    if (oidc != null) {
      parts.add(Periodic.start("console-oidc", oidc));
    }
    return new Features(
        identity,
        oidc,
        registry,
        topology,
        history,
        Layouts.in(config.dataDirectory()),
        outages,
        new InstanceControls(rules, registry, clock),
        breakers,
        policies,
        new Previews(policies, registry, topology, calls, traces, clock),
        keeps,
        acks,
        audit,
        auditChain,
        new EventPump(
            new EventSources(topology, acks, audit, system::now, alerts::report), registry, clock),
        system);
  }

  private List<CertificateState> certificates() {
    return Stream.concat(
            Optional.ofNullable(tls).map(port -> port.state(clock)).stream(),
            receiver.certificate(clock).stream())
        .toList();
  }

  private Listen listen() {
    return new Listen(
        config.host(),
        config.port(),
        config.isLoopback(),
        config.publicUrl(),
        TrustedProxies.of(config.trustedProxies()),
        this::base,
        tls);
  }

  private static <T> T bind(String setting, int port, Supplier<T> start) {
    try {
      return start.get();
    } catch (JavalinBindException e) {
      throw new ConsoleStartException(
          "port "
              + port
              + " cannot be bound, probably another program listens there (expected: a free port)."
              + " Stop that program, or set "
              + setting
              + " to another port; 0 takes any free one.",
          e);
    }
  }

  /**
   * Starts a console.
   *
   * @throws ConsoleStartException if something is in the way; nothing stays open then
   */
  public static Console start(ConsoleConfig config) {
    return start(config, AlertConfig.DEFAULT, StoreConfig.DEFAULT);
  }

  /**
   * Starts a console that tells others of alerts.
   *
   * @throws ConsoleStartException if something is in the way; nothing stays open then
   */
  public static Console start(ConsoleConfig config, AlertConfig alerting) {
    return start(config, alerting, StoreConfig.DEFAULT);
  }

  /**
   * Starts a console that asks others for traces or metrics.
   *
   * @throws ConsoleStartException if something is in the way; nothing stays open then
   */
  public static Console start(ConsoleConfig config, AlertConfig alerting, StoreConfig stores) {
    Parts parts = new Parts();
    try {
      Console console = new Console(config, alerting, stores, parts);
      console.greet();
      return console;
    } catch (ConsoleStartException e) {
      parts.close();
      throw e;
    } catch (RuntimeException e) {
      parts.close();
      throw new ConsoleStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void greet() {
    Logger log = log();
    log.info(
        "console of env {} at {}, OTLP at port {}, by gRPC at port {}",
        config.env(),
        url(),
        otlpPort(),
        otlpGrpcPort());
    grafanaUrl().ifPresent(url -> log.info("Grafana for who is signed in at {}", url));
    if (!api.withUi()) {
      log.warn("the UI is not on the class path: only the API is served");
    }
    if (!config.isLoopback() && config.publicUrl() == null && tls == null) {
      log.warn("the console listens on {} without TLS: passwords cross the network", config.host());
    }
    setupLink().ifPresent(link -> log.info("no user yet; create the first admin at {}", link));
  }

  /** Where the console is, for this machine. */
  public URI url() {
    String host = config.host().equals("0.0.0.0") ? "127.0.0.1" : config.host();
    String scheme = tls == null ? "http://" : "https://";
    return URI.create(scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  /** The port of API and UI. */
  public int port() {
    return api.port();
  }

  /** The port that takes OTLP over gRPC; -1: none does. */
  public int otlpGrpcPort() {
    return receiver.grpcPort();
  }

  /** The port that takes OTLP over HTTP. */
  public int otlpPort() {
    return receiver.port();
  }

  /** Where Grafana is offered, for this machine; empty if there is none. */
  public Optional<URI> grafanaUrl() {
    return Optional.ofNullable(grafana).map(GrafanaProxy::url);
  }

  /** The port that offers Grafana; 0 if there is none. */
  public int grafanaPort() {
    return grafana == null ? 0 : grafana.port();
  }

  /** Where the first admin is created, while there is none. */
  public Optional<URI> setupLink() {
    return identity.setupPath().map(path -> URI.create(base() + path));
  }

  /** Where browsers find it. */
  private URI base() {
    return config.publicUrl() == null ? url() : config.publicUrl();
  }

  /** All endpoints. */
  public List<Route> routes() {
    return api.routes();
  }

  /** Stops listening and closes everything; what was acknowledged is stored. */
  @Override
  public void close() {
    parts.close();
  }

  private static String version() {
    String version = Console.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** Not a constant: {@link #main} says first how to log. */
  private static Logger log() {
    return LoggerFactory.getLogger(Console.class);
  }

  /** What gRPC says of a lost registry, the registry client says in words of its own. */
  private static final java.util.logging.Logger GRPC =
      java.util.logging.Logger.getLogger("io.grpc");

  /** Runs a console until it is told to stop. */
  public static void main(String... arguments) throws InterruptedException {
    if (CommandLine.asksForHelp(arguments)) {
      System.out.print(CommandLine.HELP);
      return;
    }
    Map<String, String> settings = settings(System.getenv(), arguments);
    ConsoleConfig config = configured(() -> ConsoleConfig.from(settings));
    AlertConfig alerting = configured(() -> AlertConfig.from(settings));
    StoreConfig stores = configured(() -> StoreConfig.from(settings));
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "clearspan-console-logback.xml");
    }
    GRPC.setLevel(Level.OFF);
    try {
      Console console = start(config, alerting, stores);
      Runtime.getRuntime().addShutdownHook(new Thread(console::close, "console-stop"));
      new CountDownLatch(1).await();
    } catch (ConsoleStartException e) {
      System.err.println("The console cannot start: " + e.getMessage());
      System.exit(1);
    }
  }

  private static Map<String, String> settings(
      Map<String, String> environment, String... arguments) {
    return configured(() -> CommandLine.settings(environment, arguments));
  }

  private static <T> T configured(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println("See --help.");
      System.exit(USAGE_ERROR);
      throw e;
    }
  }
}
