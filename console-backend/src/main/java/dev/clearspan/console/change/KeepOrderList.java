package dev.clearspan.console.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.Overrides;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.KeepOrder;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.PolicyRules;
import dev.clearspan.rpc.policy.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keep orders within a policy document. The rest of the document stays as it is, also what a
 * newer console has written and this one does not know.
 */
final class KeepOrderList {
  private static final String SERVICE = "service";
  private static final String TELEMETRY = "telemetry";
  private static final String KEEP = "keep";

  private final ObjectNode document;
  private final List<KeepOrder> orders;

  private KeepOrderList(ObjectNode document, List<KeepOrder> orders) {
    this.document = document;
    this.orders = orders;
  }

  /** Reads the stored document; refuses with 409 one that no process would apply. */
  static KeepOrderList of(@Nullable String json) {
    JsonNode document = Json.lenient(json == null ? "{}" : json);
    ServicePolicy policy = parse(document);
    List<Violation> violations = PolicyRules.check(policy);
    if (!violations.isEmpty()) {
      throw unusable(violations.get(0).toString());
    }
    return new KeepOrderList((ObjectNode) document, KeepOrders.ordersOf(policy));
  }

  KeepOrderList with(KeepOrder order) {
    List<KeepOrder> all = new ArrayList<>(without(order.getCaller(), order.getMethod()).orders);
    if (all.size() == PolicyRules.MAX_KEEP_ORDERS) {
      throw ProblemException.invalid(
          "caller", PolicyRules.MAX_KEEP_ORDERS + " orders are in force already; end one first");
    }
    all.add(order);
    return new KeepOrderList(document, all);
  }

  KeepOrderList without(String caller, String method) {
    return new KeepOrderList(
        document, orders.stream().filter(order -> !isFor(order, caller, method)).toList());
  }

  KeepOrderList withoutExpired(Instant now) {
    return new KeepOrderList(
        document, orders.stream().filter(order -> !Overrides.isExpired(order, now)).toList());
  }

  boolean contains(String caller, String method) {
    return orders.stream().anyMatch(order -> isFor(order, caller, method));
  }

  /** The document's text; null when nothing is left in it. */
  @Nullable String json() {
    ObjectNode changed = document.deepCopy();
    ObjectNode telemetry = changed.withObjectProperty(SERVICE).withObjectProperty(TELEMETRY);
    telemetry.remove(KEEP);
    if (!orders.isEmpty()) {
      ArrayNode list = telemetry.putArray(KEEP);
      orders.forEach(order -> list.add(node(order)));
    }
    removeIfEmpty(changed.withObjectProperty(SERVICE), TELEMETRY);
    removeIfEmpty(changed, SERVICE);
    return changed.isEmpty() ? null : Json.write(changed);
  }

  private static void removeIfEmpty(ObjectNode parent, String name) {
    if (parent.path(name).isEmpty()) {
      parent.remove(name);
    }
  }

  private static boolean isFor(KeepOrder order, String caller, String method) {
    return order.getCaller().equals(caller) && order.getMethod().equals(method);
  }

  private static JsonNode node(KeepOrder order) {
    try {
      return Json.lenient(JsonFormat.printer().print(order));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an order of ours has no JSON form", e);
    }
  }

  private static ServicePolicy parse(JsonNode document) {
    ServicePolicy.Builder policy = ServicePolicy.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(Json.write(document), policy);
    } catch (InvalidProtocolBufferException e) {
      throw unusable(String.valueOf(e.getMessage()));
    }
    return policy.build();
  }

  private static ProblemException unusable(String why) {
    return ProblemException.conflict(
        "The service's policy is refused by all processes, and an order within it would be, too: "
            + why
            + ". Correct the policy first.");
  }
}
