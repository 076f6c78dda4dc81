package dev.clearspan.rpc.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.protocol.UnreachableInstance;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.discovery.RegistryFixture;
import dev.clearspan.rpc.discovery.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ControlPlane} does, faults included. */
public abstract class ControlPlaneContract {
  private static final String POLICY = "svc/orders/ctl/policy";

  @TempDir Path snapshots;
  private final List<Registry> registries = new ArrayList<>();
  private RegistryFixture fixture;

  /** A registry in a fresh environment. */
  protected abstract RegistryFixture newFixture();

  @BeforeEach
  void open() {
    fixture = newFixture();
  }

  @AfterEach
  void close() {
    registries.forEach(Registry::close);
    fixture.close();
  }

  @Test
  void serviceWithoutRulesHasTheDefaultOnes() {
    SeenRules seen = watch(plane("shop"), "orders");

    soon().until(() -> !seen.isEmpty());

    assertThat(seen.last().service()).isEqualTo("orders");
    assertThat(seen.last().revision()).isPositive();
    assertThat(seen.last().policy()).isEqualTo(ServicePolicy.getDefaultInstance());
    assertThat(seen.last().controls()).isEmpty();
    assertThat(seen.last().refused()).isEmpty();
  }

  @Test
  void policyIsHeardChangedAndWithdrawn() {
    SeenRules seen = watch(plane("shop"), "orders");
    soon().until(() -> !seen.isEmpty());

    long revision = fixture.put(POLICY, retries(2));
    soon().until(() -> seen.maxAttempts() == 2);
    assertThat(seen.last().revision()).isEqualTo(revision);
    fixture.put(POLICY, retries(4));
    soon().until(() -> seen.maxAttempts() == 4);

    fixture.delete(POLICY);
    soon().until(() -> seen.last().policy().equals(ServicePolicy.getDefaultInstance()));
  }

  @Test
  void controlsAndForcedBreakersAreHeard() {
    SeenRules seen = watch(plane("shop"), "orders");
    fixture.put(
        "svc/orders/ctl/instance/10.0.0.1:80",
        "{\"weight\":7,\"reason\":\"slow\",\"author\":\"ann\"}");
    fixture.put(
        "svc/orders/ctl/breaker", "{\"forced\":[{\"caller\":\"shop\",\"state\":\"OPEN\"}]}");

    soon().until(() -> seen.last().forced().getForcedCount() == 1);

    assertThat(seen.last().forced().getForced(0).getState()).isEqualTo(BreakerState.OPEN);
    assertThat(seen.last().controls())
        .hasEntrySatisfying("10.0.0.1:80", found -> assertThat(found.getWeight()).isEqualTo(7));
    fixture.delete("svc/orders/ctl/instance/10.0.0.1:80");
    soon().until(() -> seen.last().controls().isEmpty());
  }

  @Test
  void unknownFieldsAreNamedAndTheKnownOnesApplied() {
    SeenRules seen = watch(plane("shop"), "orders");
    ProcessIdentity identity = registries.get(0).status().identity();

    fixture.put(
        POLICY,
        """
        {"service": {"retry": {"maxAttempts": 2}, "mirror": {"percent": 5},
                     "balancer": {"algorithm": "RING_OF_TOMORROW"}},
         "methods": {"shop.Orders/Get": {"deadline": {"timeout": "1s", "soft": true}}}}
        """);

    soon().until(() -> seen.maxAttempts() == 2);
    assertThat(seen.last().ignoredFields())
        .containsExactlyInAnyOrder(
            "service.mirror",
            "service.balancer.algorithm=RING_OF_TOMORROW",
            "methods[shop.Orders/Get].deadline.soft");
    assertThat(seen.last().refused()).isEmpty();
    soon().until(() -> status(identity).getIgnoredFieldsList().contains("orders: service.mirror"));
  }

  @Test
  void malformedPolicyIsRefusedAndTheLastGoodOneKept() {
    SeenRules seen = watch(plane("shop"), "orders");
    ProcessIdentity identity = registries.get(0).status().identity();
    fixture.put(POLICY, retries(2));
    soon().until(() -> seen.maxAttempts() == 2);

    long bad = fixture.put(POLICY, "{\"service\": {\"retry\": {\"maxAttempts\": \"many\"}}}");

    soon().until(() -> seen.last().refused().size() == 1);
    assertThat(seen.maxAttempts()).isEqualTo(2);
    assertThat(seen.last().refused().get(0)).startsWith(POLICY + ": ");
    soon().until(() -> status(identity).getRefusedCount() == 1);
    assertThat(status(identity).getRefused(0).getKey()).isEqualTo(POLICY);
    assertThat(status(identity).getRefused(0).getRevision()).isEqualTo(bad);
    assertThat(status(identity).getRefused(0).getReason()).isNotBlank();

    fixture.put(POLICY, retries(3));
    soon().until(() -> seen.maxAttempts() == 3 && seen.last().refused().isEmpty());
    soon().until(() -> status(identity).getRefusedCount() == 0);
  }

  @Test
  void oversizedAndBrokenDocumentsAreRefused() {
    SeenRules seen = watch(plane("shop"), "orders");
    fixture.put(POLICY, "{\"x\":\"" + "y".repeat(300_000) + "\"}");
    fixture.put("svc/orders/ctl/breaker", "{\"forced\":[{}]}");
    fixture.put("svc/orders/ctl/instance/a", "{\"weight\":-1}");
    fixture.put("svc/orders/ctl/instance/b", "[".repeat(900));
    fixture.put("svc/orders/ctl/instance/c", "{\"reason\":\"" + "y".repeat(2_000) + "\"}");

    soon().until(() -> seen.last().refused().size() == 5);

    assertThat(seen.last().controls()).isEmpty();
    assertThat(seen.last().forced().getForcedCount()).isZero();
  }

  @Test
  void appliedChangeIsAcknowledgedWithinASecond() {
    Registry plane = plane("shop");
    SeenRules orders = watch(plane, "orders");
    SeenRules payments = watch(plane, "payments");
    soon().until(() -> !orders.isEmpty() && !payments.isEmpty());
    ProcessIdentity identity = plane.status().identity();
    soon().until(() -> status(identity).getAppliedByServiceCount() == 2);
    Instant before = Instant.now();

    long revision = fixture.put(POLICY, retries(2));

    within(Duration.ofSeconds(1))
        .until(() -> status(identity).getAppliedByServiceOrDefault("orders", 0) >= revision);
    ProcessStatus status = status(identity);
    assertThat(status.getAppliedAtOrThrow("orders").getSeconds())
        .isGreaterThanOrEqualTo(before.getEpochSecond());
    assertThat(status.getAppliedByServiceOrThrow("payments")).isLessThan(revision);
    assertThat(status.getApplied()).isEqualTo(status.getAppliedByServiceOrThrow("payments"));
  }

  @Test
  void rulesThatAListenerRejectsAreReportedNotAcknowledged() {
    Registry plane = plane("shop");
    ProcessIdentity identity = plane.status().identity();
    SeenRules seen = new SeenRules();
    plane.watchRules(
        "orders",
        rules -> {
          seen.accept(rules);
          if (rules.policy().getService().getRetry().getMaxAttempts() == 2) {
            throw new IllegalArgumentException("two is too few, thrown on purpose");
          }
        });
    soon().until(() -> !seen.isEmpty());
    soon().until(() -> status(identity).getAppliedByServiceCount() == 1);

    long bad = fixture.put(POLICY, retries(2));

    soon().until(() -> status(identity).getRefusedCount() == 1);
    assertThat(status(identity).getRefused(0).getRevision()).isEqualTo(bad);
    assertThat(status(identity).getRefused(0).getReason()).contains("two is too few");
    assertThat(status(identity).getAppliedByServiceOrThrow("orders")).isLessThan(bad);
    long good = fixture.put(POLICY, retries(3));
    soon().until(() -> status(identity).getAppliedByServiceOrThrow("orders") == good);
    assertThat(status(identity).getRefusedCount()).isZero();
  }

  @Test
  void closedWatchHearsNothingMoreAndIsNotAcknowledged() {
    Registry plane = plane("shop");
    SeenRules closed = new SeenRules();
    Subscription subscription = plane.watchRules("orders", closed);
    SeenRules other = watch(plane, "payments");
    soon().until(() -> !closed.isEmpty() && !other.isEmpty());

    subscription.close();
    int heard = closed.count();
    fixture.put(POLICY, retries(2));
    fixture.put("svc/payments/ctl/policy", retries(2));

    soon().until(() -> other.maxAttempts() == 2);
    assertThat(closed.count()).isEqualTo(heard);
    ProcessIdentity identity = plane.status().identity();
    soon().until(() -> !status(identity).getAppliedByServiceMap().containsKey("orders"));
  }

  @Test
  void statusSaysWhoTheProcessIsAndGoesWithIt() {
    Registry plane = plane("shop");
    ProcessIdentity identity = plane.status().identity();

    soon().until(() -> status(identity).getPid() == ProcessHandle.current().pid());
    assertThat(status(identity).getService()).isEqualTo("shop");
    assertThat(status(identity).getProcessId()).isEqualTo(identity.processId());

    plane.close();
    assertThat(fixture.content("status/")).isEmpty();
  }

  @Test
  void urgentStatusIsWrittenFast() {
    Registry plane = plane("shop");
    ProcessIdentity identity = plane.status().identity();
    soon().until(() -> status(identity).getPid() != 0);
    List<UnreachableInstance> unreachable = new CopyOnWriteArrayList<>();
    plane.status().contribute(status -> status.addAllUnreachable(List.copyOf(unreachable)));

    unreachable.add(UnreachableInstance.newBuilder().setInstance("10.0.0.1:80").build());
    plane.status().urgent();

    within(Duration.ofMillis(500)).until(() -> status(identity).getUnreachableCount() == 1);
  }

  @Test
  void frequentChangesAreWrittenRarelyAndTheLastOneWins() {
    Registry plane = plane("shop");
    ProcessIdentity identity = plane.status().identity();
    soon().until(() -> status(identity).getPid() != 0);
    long before = version(identity);
    AtomicInteger last = new AtomicInteger();
    plane.status().contribute(status -> status.addCalls("service" + last.get()));

    for (int i = 0; i < 500; i++) {
      last.set(i);
      plane.status().changed();
    }

    soon().until(() -> status(identity).getCallsList().equals(List.of("service499")));
    assertThat(version(identity) - before).isBetween(1L, 3L);
  }

  @Test
  void statusIsWrittenAgainAfterItsLeaseIsLost() {
    Registry plane = plane("shop");
    ProcessIdentity identity = plane.status().identity();
    soon().until(() -> status(identity).getPid() != 0);

    fixture.endLeaseOf("status/" + identity.processId());

    soon().until(() -> status(identity).getPid() != 0);
  }

  @Test
  void oversizedStatusIsCutNotLost() {
    Registry plane = plane("shop");
    ProcessIdentity identity = plane.status().identity();
    plane
        .status()
        .contribute(
            status -> {
              for (int i = 0; i < 500; i++) {
                status.addBreakersBuilder().setService("orders").setMethod("shop.Orders/M" + i);
                status.addWeightsBuilder().setInstance("10.0.0.1:" + i).setWeight(i);
              }
            });

    soon().until(() -> status(identity).getBreakersCount() > 0);
    assertThat(fixture.content("status/").values())
        .allSatisfy(value -> assertThat(value.text().length()).isLessThanOrEqualTo(8 * 1024));
  }

  @Test
  void rulesChangedWhileCutOffAreHeardAndAcknowledgedAfterwards() {
    Registry plane = plane("shop");
    SeenRules seen = watch(plane, "orders");
    fixture.put("svc/orders/ctl/instance/a", "{\"drain\":true}");
    soon().until(() -> seen.last().controls().size() == 1);

    fixture.cut();
    fixture.delete("svc/orders/ctl/instance/a");
    long revision = fixture.put(POLICY, retries(5));
    fixture.compact();
    fixture.heal();

    soon().until(() -> seen.maxAttempts() == 5 && seen.last().controls().isEmpty());
    soon()
        .until(
            () ->
                status(plane.status().identity()).getAppliedByServiceOrDefault("orders", 0)
                    >= revision);
  }

  @Test
  void rulesComeFromTheSnapshotWhileTheRegistryIsAway() {
    fixture.put(POLICY, retries(5));
    Registry first = plane("shop");
    SeenRules before = watch(first, "orders");
    soon().until(() -> before.maxAttempts() == 5);
    first.close();
    fixture.cut();

    SeenRules seen = watch(plane("shop"), "orders");

    within(Duration.ofSeconds(2)).until(() -> seen.maxAttempts() == 5);
    assertThat(seen.last().revision()).isZero();
    fixture.heal();
    soon().until(() -> seen.last().revision() > 0);
    assertThat(seen.maxAttempts()).isEqualTo(5);
  }

  private static String retries(int attempts) {
    return "{\"service\":{\"retry\":{\"maxAttempts\":" + attempts + "}}}";
  }

  private ProcessStatus status(ProcessIdentity identity) {
    String stored = fixture.value("status/" + identity.processId()).text();
    ProcessStatus.Builder status = ProcessStatus.newBuilder();
    try {
      JsonFormat.parser().merge(stored.isEmpty() ? "{}" : stored, status);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("the status is not proto3 JSON: " + stored, e);
    }
    return status.build();
  }

  private long version(ProcessIdentity identity) {
    return fixture.value("status/" + identity.processId()).version();
  }

  private Registry plane(String service) {
    Registry registry = fixture.connect(ProcessIdentity.of(service), snapshots);
    registries.add(registry);
    return registry;
  }

  private static SeenRules watch(Registry plane, String service) {
    SeenRules seen = new SeenRules();
    plane.watchRules(service, seen);
    return seen;
  }

  private static ConditionFactory soon() {
    return within(Duration.ofSeconds(5));
  }

  private static ConditionFactory within(Duration limit) {
    return await().pollInterval(Duration.ofMillis(20)).atMost(limit);
  }
}
