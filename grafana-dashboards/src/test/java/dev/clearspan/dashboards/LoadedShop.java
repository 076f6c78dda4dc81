package dev.clearspan.dashboards;

import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.BalancerPolicy;
import dev.clearspan.protocol.BreakerPolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A storefront that calls two instances of orders, everything over real connections. Caller and
 * handlers count by themselves, in a {@link Tally}.
 */
final class LoadedShop implements AutoCloseable {
  static final MethodSpec<String, String> PLACE = method("Place", MethodKind.WRITE, false);
  static final MethodSpec<String, String> GET = method("Get", MethodKind.QUERY, true);

  /** Fails always; the first breaks before the measurement begins, the second during it. */
  static final MethodSpec<String, String> BREAK_EARLY = method("BreakA", MethodKind.WRITE, false);

  static final MethodSpec<String, String> BREAK_LATE = method("BreakB", MethodKind.WRITE, false);

  /** As many as open a breaker, on each of the two instances. */
  private static final int FAILURES_THAT_BREAK = 5;

  final Tally tally = new Tally();
  final List<RpcServer> orders = List.of(startOrders(), startOrders());
  final RpcServer storefront = RpcServer.builder("storefront").host("127.0.0.1").port(0).start();
  final RpcChannel channel = open();

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch holding = new CountDownLatch(1);
  private int flaky;

  /** Makes every kind of call at least once, on each instance. */
  void warmUp() {
    breakWith(BREAK_EARLY);
    callThrottled();
    repeatUntil(() -> call(PLACE, "ok"), () -> servedByBoth(PLACE, ""));
    repeatUntil(() -> call(PLACE, "bad"), () -> servedByBoth(PLACE, "INVALID_ARGUMENT"));
    repeatUntil(this::callFlaky, () -> servedByBoth(GET, "UNAVAILABLE"));
  }

  /** What the dashboard has to show. */
  void load() {
    repeat(300, () -> call(PLACE, "ok"));
    repeat(20, () -> call(PLACE, "bad"));
    repeat(8, this::callFlaky);
    repeat(10, () -> call(BREAK_EARLY, "x"));
    breakWith(BREAK_LATE);
    callThrottled();
  }

  /** A call that stays with its handler until the shop closes. */
  void hold() throws InterruptedException {
    CompletionStage<String> pending =
        channel.callAsync(PLACE, "hold", CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(120)));
    if (!holding.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the held call has not reached its handler: " + pending);
    }
  }

  static String instance(RpcServer server) {
    return "127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    held.countDown();
    channel.close();
    orders.forEach(RpcServer::close);
    storefront.close();
  }

  private void callFlaky() {
    earnRetries();
    call(GET, "flaky-" + flaky++);
  }

  /** Five failed attempts spend the budget: the second call is not tried a third time. */
  private void callThrottled() {
    earnRetries();
    repeat(2, () -> call(GET, "down"));
    tally.count("throttled", "", GET.fullName(), "");
  }

  /**
   * A failure costs a token, a success earns a tenth. An odd number, so that the next flaky call
   * starts at the other instance.
   */
  private void earnRetries() {
    repeat(111, () -> call(GET, "ok"));
  }

  private void breakWith(MethodSpec<String, String> method) {
    repeatUntil(
        () -> call(method, "x"),
        () ->
            tally.sum(k -> k.where().equals("served") && k.method().equals(method.fullName()))
                == 2 * FAILURES_THAT_BREAK);
    call(method, "x");
    tally.count("broken", "", "", "");
    tally.count("broken", "", "", "");
  }

  private void call(MethodSpec<String, String> method, String request) {
    String error = "";
    try {
      channel.call(method, request, CallOptions.DEFAULT);
    } catch (RpcException e) {
      boolean refused = e.site() != null && e.site().stage().contains("breaker");
      error = refused ? "breaker_open" : e.code().name();
      if (refused) {
        tally.count("refused", "", method.fullName(), "");
      }
    }
    tally.count("made", "", method.fullName(), error);
  }

  private boolean servedByBoth(MethodSpec<?, ?> method, String error) {
    return orders.stream()
        .allMatch(
            server ->
                tally.sum(
                        key ->
                            key.equals(
                                new Tally.Key(
                                    "served", instance(server), method.fullName(), error)))
                    > 0);
  }

  private static void repeat(int times, Runnable action) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }

  private static void repeatUntil(Runnable action, BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              action.run();
              return condition.getAsBoolean();
            });
  }

  private RpcServer startOrders() {
    Orders service = new Orders();
    RpcServer server =
        RpcServer.builder("orders").host("127.0.0.1").port(0).service(service).start();
    service.instance = instance(server);
    return server;
  }

  private RpcChannel open() {
    Policy inTurnAndSlowToClose =
        Policy.newBuilder()
            .setBalancer(
                BalancerPolicy.newBuilder()
                    .setAlgorithm(BalancerPolicy.Algorithm.SMOOTH_WEIGHTED_ROUND_ROBIN))
            .setBreaker(
                BreakerPolicy.newBuilder()
                    .setConsecutiveFailures(FAILURES_THAT_BREAK)
                    .setOpen(com.google.protobuf.Duration.newBuilder().setSeconds(55)))
            .build();
    var builder =
        RpcChannel.builder("orders").identity(storefront.identity()).policy(inTurnAndSlowToClose);
    orders.forEach(server -> builder.target("127.0.0.1", server.port()));
    return builder.build();
  }

  private static MethodSpec<String, String> method(
      String name, MethodKind kind, boolean idempotent) {
    return new MethodSpec<>("shop.Orders/" + name, kind, idempotent, new Bytes(), new Bytes());
  }

  /** One instance's handlers. */
  private final class Orders implements RpcService {
    private volatile String instance = "";

    @Override
    public ServiceDefinition definition() {
      return new ServiceDefinition(
          "shop.Orders",
          Stream.of(PLACE, GET, BREAK_EARLY, BREAK_LATE)
              .<BoundMethod<?, ?>>map(
                  method ->
                      BoundMethod.unary(method, request -> answer(method.fullName(), request)))
              .toList(),
          null);
    }

    private String answer(String method, String request) throws InterruptedException {
      if (request.equals("hold")) {
        holding.countDown();
        if (!held.await(120, TimeUnit.SECONDS)) {
          throw new IllegalStateException("held: 120 s (expected: the test to end)");
        }
      }
      Status.Code code = outcome(method, request);
      tally.count("served", instance, method, code == Status.Code.OK ? "" : code.name());
      if (code != Status.Code.OK) {
        throw new RpcException(code, "as asked for");
      }
      return "done";
    }

    /** Of a flaky request only the first attempt fails. */
    private Status.Code outcome(String method, String request) {
      if (request.equals("bad")) {
        return Status.Code.INVALID_ARGUMENT;
      }
      boolean breaks = method.contains("/Break");
      boolean fails =
          breaks || request.equals("down") || (request.startsWith("flaky") && seen.add(request));
      return fails ? Status.Code.UNAVAILABLE : Status.Code.OK;
    }
  }
}
