package dev.clearspan.console.change;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.Overrides;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.KeepOrder;
import dev.clearspan.protocol.ServicePolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Orders to keep every call of a caller: a part of the service's policy, changed without touching
 * the rest of the document. Thread-safe.
 */
public final class KeepOrders {
  static final long LONGEST_SECONDS = 3_600;

  private final RuleWriter writer;
  private final RegistryView registry;
  private final Clock clock;

  public KeepOrders(RuleWriter writer, RegistryView registry, Clock clock) {
    this.writer = writer;
    this.registry = registry;
    this.clock = clock;
  }

  /** What is in force now, in the order of the document. */
  public List<KeptCaller> inForce(String service) {
    RegistrySnapshot snapshot = registry.snapshot();
    Services.require(snapshot, service);
    Stored<ServicePolicy> stored = snapshot.policies().get(service);
    Instant now = clock.instant();
    return stored == null
        ? List.of()
        : ordersOf(stored.value()).stream()
            .filter(order -> !Overrides.isExpired(order, now))
            .map(order -> KeptCaller.of(order, stored.revision()))
            .toList();
  }

  /** Gives an order, in place of one for the same caller and method. */
  public ChangeResult keep(String service, KeepRequest request, String author) {
    Cause cause = Cause.of(author, request.reason());
    KeepOrder order = checked(service, request, cause);
    return write("telemetry.keep", service, OptionalLong.empty(), cause, list -> list.with(order));
  }

  /** Ends an order before its time. */
  public ChangeResult end(String service, String caller, String method, Cause cause) {
    Services.require(registry.snapshot(), service);
    return write(
        "telemetry.end",
        service,
        OptionalLong.empty(),
        cause,
        list -> {
          if (!list.contains(caller, method)) {
            throw ProblemException.notFound(
                "No order keeps the calls of '" + caller + "' to " + service + "; nothing to end.");
          }
          return list.without(caller, method);
        });
  }

  /** Drops what has expired, if the document still has this revision. */
  ChangeResult dropExpired(String service, long revision, Cause cause) {
    return write("telemetry.end", service, OptionalLong.of(revision), cause, list -> list);
  }

  static List<KeepOrder> ordersOf(ServicePolicy policy) {
    return policy.getService().getTelemetry().getKeepList();
  }

  private ChangeResult write(
      String action,
      String service,
      OptionalLong expected,
      Cause cause,
      UnaryOperator<KeepOrderList> change) {
    Instant now = clock.instant();
    Edit edit =
        new Edit(
            new RegistryKey.PolicyKey(service),
            expected,
            present -> change.apply(KeepOrderList.of(present).withoutExpired(now)).json());
    return writer.write(action, service, edit.key().text(), List.of(edit), cause);
  }

  private KeepOrder checked(String service, KeepRequest request, Cause cause) {
    RegistrySnapshot snapshot = registry.snapshot();
    Services.require(snapshot, service);
    Targets.checkKnown("caller", text(request.caller()), Targets.callers(snapshot, service), "");
    Targets.checkMethod(text(request.method()));
    Long seconds = request.seconds();
    if (seconds == null || seconds < 1 || seconds > LONGEST_SECONDS) {
      throw ProblemException.invalid(
          "seconds", seconds + " (expected: 1 to " + LONGEST_SECONDS + ")");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return KeepOrder.newBuilder()
        .setCaller(text(request.caller()))
        .setMethod(text(request.method()))
        .setSince(Times.timestamp(now))
        .setUntil(Times.timestamp(now.plusSeconds(seconds)))
        .setReason(cause.reason())
        .setAuthor(cause.author())
        .build();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
