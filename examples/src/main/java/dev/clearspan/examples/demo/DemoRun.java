package dev.clearspan.examples.demo;

import dev.clearspan.examples.console.ConsoleApi;
import dev.clearspan.examples.console.Topology;
import dev.clearspan.examples.shop.Role;
import dev.clearspan.examples.smoke.Finding;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;

/** Starts all processes in order, each step waiting for what the next one needs. */
final class DemoRun {
  static final long TOPOLOGY_LIMIT_MILLIS = 15_000;
  static final long UP_LIMIT_MILLIS = 40_000;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TOKEN_BYTES = 24;

  private final Supervisor supervisor;
  private final Workspace workspace;
  private final Progress progress;
  private final Ports ports;
  private final Endpoints endpoints;
  private final Processes processes;
  private final ConsoleApi api;
  private final Registered registered;
  private final DemoShop shop;
  private final DemoOptions options;
  private long topologyMillis = -1;
  private long upMillis = -1;

  DemoRun(
      DemoOptions options,
      Workspace workspace,
      Supervisor supervisor,
      Progress progress,
      JavaCommand java)
      throws IOException {
    this.options = options;
    this.workspace = workspace;
    this.supervisor = supervisor;
    this.progress = progress;
    this.ports = new Ports(options.smoke());
    this.endpoints = Endpoints.of(ports, options.port());
    String token = randomToken();
    Path archives = workspace.root().resolveSibling("class-archives");
    this.processes =
        new Processes(
            workspace,
            endpoints,
            java,
            ClassArchive.in(archives, java, Training.SHOP),
            ClassArchive.in(archives, java, Training.CONSOLE),
            token);
    this.api = new ConsoleApi(endpoints.consoleUri(), token);
    this.registered = new Registered(options.registry(), URI.create(endpoints.registry()));
    this.shop = new DemoShop(supervisor, processes, ports, registered);
  }

  /** Starts everything; returns when calls flow on every edge. */
  void start() throws IOException, InterruptedException {
    if (!options.smoke() && endpoints.console() != options.port()) {
      progress.say("port " + options.port() + " is taken; the console takes another one");
    }
    startRegistry();
    trainOnce();
    supervisor.start("console", processes.console());
    progress.say("the console is starting");
    await("the console answers", "console", () -> Health.isHealthy(endpoints.consoleUri()));
    List<ShopPlan.Member> plan = ShopPlan.members(ports, options.ordersPerSecond());
    shop.start(plan);
    progress.say(plan.size() + " shop processes are starting");
    await("the topology is visible", "console", () -> !api.topology().services().isEmpty());
    topologyMillis = progress.elapsedMillis();
    for (ShopPlan.Member member : plan) {
      awaitUp(member);
    }
    progress.say("all instances are up");
    awaitTraffic();
    upMillis = progress.elapsedMillis();
  }

  private void startRegistry() {
    String kind = options.registry().label();
    supervisor.start(Processes.REGISTRY, processes.registry(options.registry()));
    await(
        "the registry (" + kind + ") answers on " + endpoints.registry(),
        Processes.REGISTRY,
        registered::isHealthy);
  }

  private void trainOnce() throws IOException, InterruptedException {
    ClassArchive shopClasses = processes.shopArchive();
    ClassArchive consoleClasses = processes.consoleArchive();
    if (!shopClasses.isPossible() || (shopClasses.exists() && consoleClasses.exists())) {
      return;
    }
    progress.say("making class archives: once per build, so that later starts are quick");
    boolean built =
        shopClasses.build(processes.common(), workspace.log("training-shop"))
            & consoleClasses.build(
                processes.consoleEnvironment("training"), workspace.log("training-console"));
    progress.say(
        built
            ? "the class archives are ready; the clock starts again"
            : "not all class archives (see " + workspace.logs() + "); starts stay slower");
    progress.restartClock();
  }

  private void awaitUp(ShopPlan.Member member) {
    if (member.role() == Role.SHOPPER) {
      return;
    }
    awaitQuietly(
        member.id() + " is up",
        member.id(),
        () -> api.topology().isUp(member.role().service(), member.id()));
  }

  private void awaitTraffic() {
    if (options.ordersPerSecond() == 0) {
      return;
    }
    await(
        "calls flow on every edge",
        "shopper-1",
        () -> {
          Topology topology = api.topology();
          return ShopPlan.edges().stream().allMatch(edge -> flows(topology, edge));
        });
  }

  private static boolean flows(Topology topology, ShopPlan.Edge edge) {
    return topology
        .edge(edge.caller(), edge.callee())
        .filter(line -> line.red().rate() > 0)
        .isPresent();
  }

  private void await(String what, String child, Callable<Boolean> condition) {
    awaitQuietly(what, child, condition);
    progress.say(what);
  }

  /** Gives up as soon as the process that it depends on is dead. */
  private void awaitQuietly(String what, String name, Callable<Boolean> condition) {
    Patience.await(what, PATIENCE, condition, () -> supervisor.find(name));
  }

  private static String randomToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** How long the start took. */
  List<Finding> startFigures() {
    return List.of(
        Finding.within("topology visible after the start", topologyMillis, TOPOLOGY_LIMIT_MILLIS),
        Finding.within("everything up, calls on every edge", upMillis, UP_LIMIT_MILLIS));
  }

  ConsoleApi api() {
    return api;
  }

  DemoShop shop() {
    return shop;
  }

  Instructions instructions() {
    URI signIn = api.signInLink(Duration.ofHours(1));
    return new Instructions(endpoints.consoleUri(), signIn, shop.members(), supervisor, workspace);
  }
}
