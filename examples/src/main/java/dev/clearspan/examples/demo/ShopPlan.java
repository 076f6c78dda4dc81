package dev.clearspan.examples.demo;

import dev.clearspan.examples.shop.Role;
import java.util.ArrayList;
import java.util.List;

/** Which instances the demo shop has. */
final class ShopPlan {
  private ShopPlan() {}

  /**
   * One instance.
   *
   * @param id such as "payments-2"
   * @param arguments for its main class, besides role, port and id
   */
  record Member(Role role, String id, int port, List<String> arguments) {}

  /** A caller and whom it calls. */
  record Edge(String caller, String callee) {}

  private record Count(Role role, int instances, int firstPort) {}

  /** Callees first, so that callers find them; the load last. */
  private static final List<Count> COUNTS =
      List.of(
          new Count(Role.LEDGER, 1, 7151),
          new Count(Role.INVENTORY, 3, 7121),
          new Count(Role.PAYMENTS, 3, 7131),
          new Count(Role.SHIPPING, 2, 7141),
          new Count(Role.ORDERS, 1, 7111),
          new Count(Role.STOREFRONT, 1, 7101),
          new Count(Role.SHOPPER, 1, 7100));

  static List<Member> members(Ports ports, double ordersPerSecond) {
    List<Member> members = new ArrayList<>();
    for (Count count : COUNTS) {
      for (int i = 1; i <= count.instances(); i++) {
        String id = count.role().service() + "-" + i;
        int port = ports.take(count.firstPort() + i - 1);
        members.add(new Member(count.role(), id, port, extras(id, ordersPerSecond)));
      }
    }
    return members;
  }

  /** An instance beyond the plan. */
  static Member extra(Role role, int number, Ports ports) {
    return new Member(role, role.service() + "-" + number, ports.take(0), List.of());
  }

  /** Every line that the topology must show. */
  static List<Edge> edges() {
    return COUNTS.stream()
        .flatMap(
            count ->
                count.role().calls().stream()
                    .map(callee -> new Edge(count.role().service(), callee)))
        .toList();
  }

  private static List<String> extras(String id, double ordersPerSecond) {
    return switch (id) {
      case "payments-3" -> List.of("--extra-latency-millis", "45", "--fail-share", "0.03");
      case "shopper-1" -> List.of("--rate", String.valueOf(ordersPerSecond));
      default -> List.of();
    };
  }
}
