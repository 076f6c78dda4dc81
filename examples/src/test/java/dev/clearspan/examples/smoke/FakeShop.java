package dev.clearspan.examples.smoke;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shop that obeys at once, and what its console would answer: honest, but for one lie. Guarded by
 * itself.
 */
final class FakeShop implements ShopControl {
  private final @Nullable Lie lie;
  private boolean extra;
  private boolean killed;
  private boolean weighted;
  private boolean forced;
  private double failShare;
  private boolean failedOnce;

  FakeShop(@Nullable Lie lie) {
    this.lie = lie;
  }

  private boolean lies(Lie about) {
    return lie == about;
  }

  @Override
  public synchronized String startExtra(String service) {
    extra = true;
    return "inventory-4";
  }

  @Override
  public synchronized long awaitRegistered(String service, String instance) {
    return System.nanoTime();
  }

  @Override
  public synchronized long kill(String instance) {
    killed = true;
    return System.nanoTime();
  }

  @Override
  public synchronized void setFailShare(String service, double share) {
    failShare = share;
    failedOnce |= share > 0;
  }

  @Override
  public void setOrdersPerSecond(double rate) {}

  synchronized void setWeighted(boolean value) {
    weighted = value;
  }

  synchronized void setForced(boolean value) {
    forced = value;
  }

  /** What the console answers to a GET of this path; null: it does not have it. */
  synchronized @Nullable Object answer(String path, Map<String, String> query) {
    if (lies(Lie.CONSOLE_BROKEN)) {
      return null;
    }
    if (path.startsWith("/traces/")) {
      return lies(Lie.TRACE_NOT_FOUND) ? null : trace();
    }
    return switch (path) {
      case "/topology" -> topology();
      case "/services/inventory/policy" -> Map.of("revision", 7, "policy", Map.of());
      case "/services/inventory/acks", "/services/payments/acks" -> acks();
      case "/breakers" -> List.of(breaker());
      case "/failures" -> List.of(failure());
      case "/metrics/red" -> red(query);
      default -> null;
    };
  }

  private Map<String, Object> topology() {
    List<Object> inventory = new ArrayList<>();
    if (!lies(Lie.NOTHING_TO_COMPARE)) {
      for (int i = 1; i <= 3; i++) {
        inventory.add(instance("inventory-" + i, "up", share(i), 10));
      }
    }
    if (extra && !lies(Lie.NEW_INSTANCE_HIDDEN)) {
      String state = killed && !lies(Lie.KILLED_INSTANCE_SHOWN_UP) ? "gone" : "up";
      inventory.add(instance("inventory-4", state, 0, lies(Lie.NEW_INSTANCE_IDLE) ? 0 : 5));
    }
    double rate = forced || lies(Lie.CALLS_DO_NOT_RESUME) ? 0 : 12;
    Object payments = List.of(instance("payments-1", "up", 1, rate));
    String breaker = forced && !lies(Lie.FORCED_STATE_HIDDEN) ? "forced_open" : "closed";
    return Map.of(
        "services",
        List.of(service("inventory", inventory), service("payments", payments)),
        "edges",
        List.of(
            Map.of("caller", "orders", "callee", "payments", "breaker", breaker, "red", rates(1))));
  }

  private static Map<String, Object> service(String name, Object instances) {
    return Map.of("service", name, "instances", instances);
  }

  private static Map<String, Object> instance(String id, String state, double share, double rate) {
    return Map.of(
        "id", id, "state", state, "weight", Map.of("configuredShare", share), "red", rates(rate));
  }

  private static Map<String, Object> rates(double rate) {
    return Map.of("rate", rate, "errorShare", 0);
  }

  private double share(int number) {
    return !weighted ? 1 / 3.0 : number == 1 ? 0.6 : 0.2;
  }

  private Map<String, Object> acks() {
    int total = lies(Lie.NOBODY_TO_ACK) ? 0 : 4;
    int applied = lies(Lie.ACK_MISSING) ? 3 : total;
    return Map.of(
        "revision",
        9,
        "total",
        total,
        "applied",
        applied,
        "slowestMillis",
        lies(Lie.ACK_SLOW) ? 1_500 : 40,
        "complete",
        applied == total);
  }

  private Map<String, Object> breaker() {
    boolean opens = failShare > 0 && !lies(Lie.BREAKER_NEVER_OPENS);
    boolean stays = failedOnce && lies(Lie.BREAKER_NEVER_CLOSES);
    boolean before = !failedOnce && lies(Lie.BREAKER_OPEN_BEFORE);
    return Map.of(
        "caller", "orders",
        "service", "payments",
        "method", "",
        "instance", "",
        "computed", opens || stays || before ? "OPEN" : "CLOSED",
        "cause", "");
  }

  private Map<String, Object> failure() {
    return Map.of(
        "traceId", "4bf92f3577b34da6a3ce929d0e0e4736",
        "caller", "orders",
        "service", "payments",
        "method", "shop.Payments/Charge",
        "status", "UNAVAILABLE",
        "message", lies(Lie.REFUSAL_UNEXPLAINED) ? "no" : "breaker is forced OPEN");
  }

  private Map<String, Object> trace() {
    List<String> services =
        lies(Lie.TRACE_OF_TWO_SERVICES)
            ? List.of("storefront", "orders", "orders")
            : List.of("shopper", "storefront", "orders");
    return Map.of(
        "traceId",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "spans",
        services.stream().map(service -> Map.of("spanId", "1", "service", service)).toList());
  }

  private Map<String, Object> red(Map<String, String> query) {
    boolean byInstance = "instance".equals(query.get("groupBy"));
    List<Object> series;
    if ("payments".equals(query.get("service"))) {
      series = byInstance ? paymentAttempts() : List.of(paymentCalls());
    } else {
      series = byInstance ? inventoryAttempts() : List.of(inventoryCalls());
    }
    return Map.of("stepSeconds", 10, "series", series);
  }

  private List<Object> inventoryAttempts() {
    int calls = lies(Lie.TOO_FEW_ATTEMPTS) ? 1_000 : 3_000;
    int moved = lies(Lie.SHARE_OFF_BY_FOUR_POINTS) ? calls / 25 : 0;
    return List.of(
        line("inventory-1", (int) (calls * share(1)) - moved, 0, 1),
        line("inventory-2", (int) (calls * share(2)) + moved, 0, 1),
        line("inventory-3", (int) (calls * share(3)), 0, 1));
  }

  private Object inventoryCalls() {
    return line("inventory", 900, lies(Lie.CALLS_LOST) ? 1 : 0, 1);
  }

  private List<Object> paymentAttempts() {
    return List.of(
        line("payments-1", lies(Lie.ATTEMPTS_LEAK) ? 1 : 0, 0, 1), line("", 500, 500, 0));
  }

  private Object paymentCalls() {
    int errors = lies(Lie.NOTHING_REFUSED) ? 0 : lies(Lie.SOME_CALLS_PASS) ? 499 : 500;
    return line("payments", 500, errors, lies(Lie.REFUSAL_TAKES_LONG) ? 300 : 0.5);
  }

  private static Map<String, Object> line(String key, int calls, int errors, double p99Millis) {
    Map<String, Object> point =
        Map.ofEntries(
            entry("at", "2026-01-01T00:00:00Z"),
            entry("calls", calls),
            entry("errors", errors),
            entry("p99Millis", p99Millis));
    return Map.of("key", Map.of("instance", key), "points", List.of(point));
  }
}
