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
import dev.clearspan.tracing.testing.CollectedPoint;
import dev.clearspan.tracing.testing.CollectedSpan;
import dev.clearspan.tracing.testing.CollectorFixture;
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

/**
 * Every name, kind, unit, attribute and status that leaves a process, as the receiver sees it,
 * against src/test/resources/telemetry.golden; and docs/telemetry.md knows each of them.
 */
final class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/telemetry.golden");
  private static final Path DOCUMENT = Path.of("../docs/telemetry.md");

  /** What differs from run to run. */
  private static final Set<String> VOLATILE =
      Set.of("clearspan.process.id", "host.name", "process.pid", "telemetry.sdk.version");

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  @Test
  void whatTheReceiverSeesIsTheGoldenList() throws IOException {
    String seen = String.join("\n", telemetry()) + "\n";

    Path actual = Files.createDirectories(Path.of("target")).resolve("telemetry.actual");
    Files.writeString(actual, seen);
    assertThat(seen)
        .as("%s against %s; if the change is meant, copy it there", actual, GOLDEN)
        .isEqualTo(Files.readString(GOLDEN));
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
        .filteredOn(name -> !name.equals("clearspan.client.attempts"))
        .allSatisfy(name -> assertThat(golden).contains("metric " + name + " "));
  }

  private Set<String> telemetry() {
    TracingLedger client = ledger(collector, "storefront");
    TracingLedger server = ledger(collector, "orders");
    client.gauges().register(GoldenTest::states);
    loseSomething(client);
    callOnce(client, server);
    callTwice(client);
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

  private static void callTwice(TracingLedger client) {
    ClientCall call = client.beginCall(PLACE, "orders");
    call.beginAttempt(1, AttemptKind.FIRST).end(attempt(1, AttemptKind.FIRST, UNAVAILABLE), false);
    call.beginAttempt(2, AttemptKind.RETRY).end(attempt(2, AttemptKind.RETRY, Status.OK), true);
    call.end(call(2, Status.OK));
  }

  private static void callRefused(TracingLedger client) {
    client.beginCall(PLACE, "orders").end(call(0, UNAVAILABLE, "breaker_open"));
  }

  private static List<Sample> states() {
    Map<String, String> service = Map.of("server.address", "orders");
    Map<String, String> method = Map.of("server.address", "orders", "rpc.method", PLACE.fullName());
    Map<String, String> peer =
        Map.of("server.address", "orders", "clearspan.peer.instance", "orders-1");
    Map<String, String> breaker =
        Map.of(
            "server.address", "orders",
            "rpc.method", PLACE.fullName(),
            "clearspan.peer.instance", "orders-1",
            "state", "open");
    Map<String, String> transition =
        Map.of("server.address", "orders", "from", "closed", "to", "open", "cause", "console");
    return List.of(
        new Sample("clearspan.breaker.state", 1, breaker, false),
        new Sample("clearspan.breaker.transitions", 1, transition, true),
        new Sample("clearspan.breaker.not_permitted", 1, method, true),
        new Sample("clearspan.lb.endpoint.weight", 100, peer, false),
        new Sample("clearspan.lb.endpoint.cpu", 0.4, peer, false),
        new Sample("clearspan.lb.endpoint.in_flight", 12, peer, false),
        new Sample("clearspan.lb.endpoint.queue.chunks", 1, peer, false),
        new Sample("clearspan.lb.endpoint.handler_time", 0.002, peer, false),
        new Sample("clearspan.client.retry.throttled", 1, service, true),
        new Sample("clearspan.client.call.retries", 1, method, true),
        new Sample("clearspan.client.call.active", 1, service, false),
        new Sample("clearspan.server.call.active", 1, Map.of(), false),
        new Sample("clearspan.server.call.refused", 1, Map.of(), true),
        new Sample("clearspan.server.queue.chunks", 1, Map.of(), false),
        new Sample("clearspan.server.connection.open", 1, Map.of(), false),
        new Sample("clearspan.server.connection.closed", 1, Map.of("reason", "idle"), true),
        new Sample("clearspan.server.limit", 1, Map.of("limit", "in-flight"), false),
        new Sample("clearspan.connection.open", 1, service, false));
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
