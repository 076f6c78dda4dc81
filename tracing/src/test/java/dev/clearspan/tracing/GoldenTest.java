package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.NOT_FOUND;
import static dev.clearspan.tracing.Shop.PEER;
import static dev.clearspan.tracing.Shop.PLACE;
import static dev.clearspan.tracing.Shop.UNAVAILABLE;
import static dev.clearspan.tracing.Shop.attempt;
import static dev.clearspan.tracing.Shop.call;
import static dev.clearspan.tracing.Shop.ledger;
import static dev.clearspan.tracing.Shop.served;
import static dev.clearspan.tracing.Shop.servedUnknownMethod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger.Attempt;
import dev.clearspan.rpc.ledger.CallLedger.ClientCall;
import dev.clearspan.rpc.ledger.Gauges.Sample;
import dev.clearspan.tracing.semconv.Conventions;
import dev.clearspan.tracing.testing.CollectedPoint;
import dev.clearspan.tracing.testing.CollectedSpan;
import dev.clearspan.tracing.testing.CollectorFixture;
import dev.clearspan.tracing.testing.EndedAttempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every name, kind, unit, attribute and status that leaves a process, as the receiver sees it,
 * against src/test/resources/telemetry.golden; and docs/telemetry.md knows each of them.
 */
final class GoldenTest {
  private static final Path GOLDENS = Path.of("src/test/resources");
  private static final Path GOLDEN = GOLDENS.resolve("telemetry.golden");
  private static final Path DOCUMENT = Path.of("../docs/telemetry.md");

  /** What differs from run to run. */
  private static final Set<String> VOLATILE =
      Set.of("clearspan.process.id", "host.name", "process.pid", "telemetry.sdk.version");

  private static final Set<String> ON_THE_PAGE_ONLY =
      Set.of("clearspan.client.attempts", "rpc.calls", "rpc.errors");

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  @ParameterizedTest
  @CsvSource({"'', telemetry.golden", "rpc, telemetry-rpc.golden", "rpc/dup, telemetry-dup.golden"})
  void whatTheReceiverSeesIsTheGoldenList(String optIn, String golden) throws IOException {
    String seen = String.join("\n", telemetry(optIn)) + "\n";

    Path actual = Files.createDirectories(Path.of("target")).resolve(golden);
    Files.writeString(actual, seen);
    assertThat(seen)
        .as("%s against that of %s; if the change is meant, copy it there", actual, GOLDENS)
        .isEqualTo(Files.readString(GOLDENS.resolve(golden)));
  }

  @Test
  void optingInChangesTheStatusCodesNameAndNothingElse() throws IOException {
    String released = Files.readString(GOLDEN);

    assertThat(Files.readString(GOLDENS.resolve("telemetry-rpc.golden")))
        .isEqualTo(released.replace("rpc.response.status_code=", "rpc.status_code="));
    assertThat(Files.readString(GOLDENS.resolve("telemetry-dup.golden")))
        .isEqualTo(
            released.replaceAll(
                "rpc.response.status_code=(\\w+)",
                "rpc.response.status_code=$1, rpc.status_code=$1"));
  }

  @Test
  void theDocumentKnowsEveryName() throws IOException {
    String document = Files.readString(DOCUMENT);
    Set<String> names =
        Pattern.compile("(?<![\\w.])(rpc|clearspan|error|server|network|otel)\\.[a-z._]+[a-z]")
            .matcher(Files.readString(GOLDEN, StandardCharsets.UTF_8))
            .results()
            .map(match -> match.group())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(names).hasSizeGreaterThan(30);
    assertThat(names).allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
  }

  @Test
  void theDocumentNamesNoMetricThatIsNotSent() throws IOException {
    Set<String> documented =
        Pattern.compile("(?m)^\\| `([a-z._]+)`[^|]*\\|[^|]*\\|[^|]*\\| (console|`/metrics`)")
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    String golden = Files.readString(GOLDEN);

    assertThat(documented).hasSizeGreaterThan(12);
    assertThat(documented)
        .filteredOn(name -> !ON_THE_PAGE_ONLY.contains(name))
        .allSatisfy(name -> assertThat(golden).contains("metric " + name + " "));
  }

  private Set<String> telemetry(String optIn) {
    TracingLedger client = ledger(collector, "storefront", Conventions.SETTING, optIn);
    TracingLedger server = ledger(collector, "orders", Conventions.SETTING, optIn);
    client.gauges().register(GoldenTest::states);
    loseSomething(client);
    callOnce(client, server);
    callThrice(client);
    callRefused(client);
    server.beginServed(PLACE.fullName(), null, null, PEER).end(served(UNAVAILABLE));
    server.beginServed("no.Such/Method", null, null, PEER).end(servedUnknownMethod());
    await().until(() -> hasExported("spans") && hasExported("metrics"));
    client.close();
    server.close();
    return Stream.concat(
            collector.takeAllSpans().stream().flatMap(GoldenTest::describe),
            collector.points().stream().map(GoldenTest::describe))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void loseSomething(TracingLedger client) {
    collector.answer(400);
    callRefused(client);
    await()
        .untilAsserted(
            () ->
                assertThat(new String(client.metricsPage(null).body(), StandardCharsets.UTF_8))
                    .contains(
                        "clearspan_telemetry_lost_total{reason=\"not_taken\",signal=\"spans\"} 1.0")
                    .doesNotContain("clearspan_telemetry_push_failures_total 0.0"));
    collector.answer(200);
  }

  private boolean hasExported(String signal) {
    return collector.points().stream()
        .filter(point -> point.name().equals("clearspan.telemetry.exported"))
        .anyMatch(point -> signal.equals(point.attributes().get("signal")));
  }

  private static void callOnce(TracingLedger client, TracingLedger server) {
    ClientCall call = client.beginCall(PLACE, "orders");
    Attempt attempt = call.beginAttempt(1, AttemptKind.FIRST);
    server
        .beginServed(PLACE.fullName(), attempt.wireContext(), "storefront", PEER)
        .end(served(NOT_FOUND));
    attempt.end(attempt(1, AttemptKind.FIRST, NOT_FOUND), true);
    call.end(call(1, NOT_FOUND));
  }

  private static void callThrice(TracingLedger client) {
    ClientCall call = client.beginCall(PLACE, "orders");
    call.beginAttempt(1, AttemptKind.FIRST).end(attempt(1, AttemptKind.FIRST, UNAVAILABLE), false);
    call.beginAttempt(2, AttemptKind.TRANSPARENT)
        .end(later(attempt(2, AttemptKind.TRANSPARENT, UNAVAILABLE)), false);
    call.beginAttempt(3, AttemptKind.RETRY)
        .end(later(later(attempt(3, AttemptKind.RETRY, Status.OK))), true);
    call.end(call(3, Status.OK));
  }

  private static EndedAttempt later(EndedAttempt attempt) {
    long nanos = 5 * Shop.MILLI;
    return new EndedAttempt(
        attempt.number(),
        attempt.kind(),
        attempt.peerInstance(),
        attempt.peerAddress(),
        attempt.status(),
        attempt.outcome(),
        attempt.errorType(),
        attempt.startNanos() + nanos,
        attempt.endNanos() + nanos,
        attempt.requestBytes(),
        attempt.responseBytes(),
        attempt.serverNanos(),
        attempt.serverQueueNanos());
  }

  private static void callRefused(TracingLedger client) {
    client.beginCall(PLACE, "orders").end(call(0, UNAVAILABLE, "breaker_open"));
  }

  private static List<Sample> states() {
    Map<String, String> service = Map.of("server.address", "orders");
    Map<String, String> method = Map.of("server.address", "orders", "rpc.method", PLACE.fullName());
    Map<String, String> peer =
        Map.of("server.address", "orders", "clearspan.peer.instance", "orders-1");
    Map<String, String> weight =
        Map.of(
            "server.address", "orders",
            "clearspan.peer.instance", "orders-1",
            "source", "static");
    Map<String, String> breaker =
        Map.of(
            "server.address", "orders",
            "rpc.method", PLACE.fullName(),
            "clearspan.peer.instance", "orders-1",
            "state", "open");
    Map<String, String> transition =
        Map.of("server.address", "orders", "from", "closed", "to", "open", "cause", "console");
    Map<String, String> refused = Map.of("reason", "queue_time", "criticality", "sheddable");
    Map<String, String> throttled =
        Map.of(
            "server.address", "orders",
            "rpc.method", PLACE.fullName(),
            "criticality", "critical");
    Map<String, String> ejected =
        Map.of("server.address", "orders", "to", "ejected", "cause", "latency");
    Map<String, String> panic =
        Map.of("server.address", "orders", "rpc.method", PLACE.fullName(), "to", "panic");
    Map<String, String> cached =
        Map.of("server.address", "orders", "rpc.method", PLACE.fullName(), "source", "cached");
    Map<String, String> abort =
        Map.of("server.address", "orders", "rpc.method", PLACE.fullName(), "kind", "abort");
    Map<String, String> loop = Map.of("clearspan.eventloop.id", "0");
    return List.of(
        state("clearspan.breaker.state", breaker),
        total("clearspan.breaker.transitions", transition),
        total("clearspan.breaker.not_permitted", method),
        state("clearspan.outlier.ejected", service),
        total("clearspan.outlier.transitions", ejected),
        state("clearspan.panic.active", method),
        total("clearspan.panic.transitions", panic),
        state("clearspan.lb.endpoint.weight", weight),
        state("clearspan.lb.endpoints", Map.of("server.address", "orders", "state", "ready")),
        state("clearspan.lb.endpoint.cpu", peer),
        state("clearspan.lb.endpoint.memory", peer),
        state("clearspan.lb.endpoint.in_flight", peer),
        state("clearspan.lb.endpoint.queue.chunks", peer),
        state("clearspan.lb.endpoint.handler_time", peer),
        state("clearspan.discovery.age", service),
        state("clearspan.discovery.revision", service),
        total("clearspan.tls.reloads", Map.of("outcome", "ok")),
        state("clearspan.tls.certificate.end", Map.of()),
        total("clearspan.client.retry.throttled", service),
        total("clearspan.client.call.retries", method),
        total("clearspan.client.call.throttled", throttled),
        total("clearspan.client.call.hedges", method),
        total("clearspan.client.fallback.replies", cached),
        total("clearspan.client.fallback.failed", cached),
        total("clearspan.client.fault.injected", abort),
        state("clearspan.client.call.active", service),
        state("clearspan.server.call.active", Map.of()),
        total("clearspan.server.call.refused", refused),
        state("clearspan.server.handler.active", Map.of()),
        state("clearspan.server.handler.limit", Map.of()),
        state("clearspan.server.queue.chunks", Map.of()),
        state("clearspan.server.connection.open", Map.of()),
        total("clearspan.server.connection.closed", Map.of("reason", "idle")),
        state("clearspan.server.limit", Map.of("limit", "in-flight")),
        state("clearspan.connection.open", service),
        total(
            "clearspan.connection.attempts",
            Map.of("server.address", "orders", "outcome", "failed")),
        total(
            "clearspan.connection.disconnections",
            Map.of("server.address", "orders", "error.type", "connection_reset")),
        state("clearspan.eventloop.lag", loop),
        state("clearspan.eventloop.pending", loop));
  }

  private static Sample state(String name, Map<String, String> attributes) {
    return new Sample(name, 1, attributes, false);
  }

  private static Sample total(String name, Map<String, String> attributes) {
    return new Sample(name, 1, attributes, true);
  }

  private static Stream<String> describe(CollectedSpan span) {
    String own =
        "span %s %s %s \"%s\" %s"
            .formatted(
                span.kind(),
                span.name(),
                span.status(),
                span.proto().getStatus().getMessage(),
                span.attributes());
    String process =
        "resource "
            + span.resource().entrySet().stream()
                .map(e -> e.getKey() + "=" + (VOLATILE.contains(e.getKey()) ? "*" : e.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    return Stream.of(own, process);
  }

  private static String describe(CollectedPoint point) {
    return "metric %s %s %s %s bounds=%d %s | %s"
        .formatted(
            point.name(),
            point.unit(),
            point.type(),
            point.temporality(),
            point.bounds().size(),
            point.attributes(),
            point.description());
  }
}
