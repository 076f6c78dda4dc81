package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.PLACE;
import static dev.clearspan.tracing.Shop.attempt;
import static dev.clearspan.tracing.Shop.call;
import static dev.clearspan.tracing.Shop.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger.ClientCall;
import dev.clearspan.tracing.testing.CollectorFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A collector that is away or slow costs calls nothing, and every loss is counted. */
final class OutageTest {
  /** More than the queue holds. */
  private static final int CALLS = 40_000;

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  private final Logger log = (Logger) LoggerFactory.getLogger("dev.clearspan.tracing.export");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listenToTheLog() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(logged);
  }

  @Test
  void aHungCollectorBlocksNoCallAndEveryDropIsCounted() {
    collector.hang();
    TracingLedger ledger = ledger(collector, "storefront");

    long nanosPerCall = makeCalls(ledger, CALLS);

    assertThat(nanosPerCall).as("ns a call").isLessThan(200_000);
    await()
        .until(() -> counter(ledger, "clearspan_recorder_lost_total", "stage=\"queue_full\"") > 0);
    collector.resume();
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEverySpanIsKnownOf(ledger));
    assertThat((double) collector.takeAllSpans().size()).isEqualTo(exportedSpans(ledger));
  }

  @Test
  void aRefusingCollectorIsLoggedOnceAndOnceWhenItIsBack() {
    collector.answer(400);
    TracingLedger ledger = ledger(collector, "storefront", "OTEL_METRICS_EXPORTER", "none");

    makeCalls(ledger, 10);
    await().untilAsserted(() -> assertThat(lostSpans(ledger)).isEqualTo(10));
    makeCalls(ledger, 10);
    await().untilAsserted(() -> assertThat(lostSpans(ledger)).isEqualTo(20));
    collector.answer(200);
    makeCalls(ledger, 10);

    assertThat(collector.takeSpans(10)).hasSize(10);
    await().untilAsserted(() -> assertThat(logged.list).hasSize(2));
    assertThat(logged.list.get(0).getFormattedMessage())
        .contains("spans cannot be delivered to " + collector.endpoint(), "HTTP status 400");
    assertThat(logged.list.get(1).getFormattedMessage()).contains("delivered", "again");
  }

  @Test
  void spansSurviveACollectorThatIsBusyForAMoment() {
    collector.answer(429);
    TracingLedger ledger = ledger(collector, "storefront", "OTEL_METRICS_EXPORTER", "none");

    makeCalls(ledger, 10);
    await().until(() -> collector.requests() > 0);
    collector.answer(200);

    assertThat(collector.takeSpans(10)).hasSize(10);
    assertThat(lostSpans(ledger)).isZero();
  }

  @Test
  void metricsOfAnOutageArriveAfterItNoneMissingNoneTwice() {
    TracingLedger ledger = ledger(collector, "storefront", "CLEARSPAN_TRACE_SAMPLE_RATE", "0");
    collector.answer(400);

    makeCalls(ledger, 500);
    await().until(() -> collector.requests() >= 2);
    collector.answer(200);
    makeCalls(ledger, 500);

    await()
        .untilAsserted(
            () -> assertThat(collector.total("rpc.client.call.duration")).isEqualTo(1_000));
    ledger.close();
    assertThat(collector.total("rpc.client.call.duration")).isEqualTo(1_000);
  }

  @Test
  void closingWithADeadCollectorTakesNoMoreThanTwoSeconds() {
    collector.stop();
    TracingLedger ledger = ledger(collector, "storefront");
    makeCalls(ledger, 100);

    long begin = System.nanoTime();
    ledger.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2_500));
  }

  @Test
  void closingDeliversWhatIsQueued() {
    TracingLedger ledger = ledger(collector, "storefront");
    makeCalls(ledger, 100);

    ledger.close();

    assertThat(collector.takeAllSpans()).hasSize(100);
    assertThat(collector.total("rpc.client.call.duration")).isEqualTo(100);
  }

  @Test
  void disabledTelemetrySendsNothingAndStillGivesTraceIds() {
    TracingLedger ledger = ledger(collector, "storefront", "OTEL_SDK_DISABLED", "true");
    makeCalls(ledger, 10);
    String traceId = ledger.beginCall(PLACE, "orders").traceId();

    ledger.close();

    assertThat(traceId).matches("[0-9a-f]{32}");
    assertThat(collector.requests()).isZero();
  }

  private static long makeCalls(TracingLedger ledger, int count) {
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      ClientCall call = ledger.beginCall(PLACE, "orders");
      call.beginAttempt(1, AttemptKind.FIRST).end(attempt(1, AttemptKind.FIRST, Status.OK), false);
      call.end(call(1, Status.OK));
    }
    return (System.nanoTime() - begin) / count;
  }

  @Test
  void aBatchThatIsTooLargeIsHalvedUntilItFits() {
    collector.answer(413);
    TracingLedger ledger = ledger(collector, "storefront", "OTEL_METRICS_EXPORTER", "none");

    makeCalls(ledger, 10);
    await()
        .until(() -> counter(ledger, "clearspan_recorder_lost_total", "stage=\"oversized\"") == 10);

    assertEverySpanIsKnownOf(ledger);
    assertThat(collector.requests()).as("10 spans alone, and the halves before").isBetween(11, 30);
  }

  private static void assertEverySpanIsKnownOf(TracingLedger ledger) {
    double produced = counter(ledger, "clearspan_recorder_produced_total", "");
    double known =
        exportedSpans(ledger)
            + counter(ledger, "clearspan_recorder_local", "")
            + counter(ledger, "clearspan_recorder_lost_total", "")
            + counter(ledger, "clearspan_recorder_shed_spans_total", "");
    assertThat(known).isEqualTo(produced);
  }

  private static double exportedSpans(TracingLedger ledger) {
    return counter(ledger, "clearspan_telemetry_exported_total", "signal=\"spans\"");
  }

  private static double lostSpans(TracingLedger ledger) {
    return counter(ledger, "clearspan_telemetry_lost_total", "signal=\"spans\"");
  }

  /** Sum of the samples of a counter among whose labels is this one; empty: any. */
  private static double counter(TracingLedger ledger, String name, String labels) {
    String page = new String(ledger.metricsPage(null).body(), StandardCharsets.UTF_8);
    Matcher sample = Pattern.compile("(?m)^" + name + "(?:\\{([^}]*)})? (\\S+)$").matcher(page);
    double sum = 0;
    int found = 0;
    while (sample.find()) {
      if (labels.isEmpty() || List.of(sample.group(1).split(",")).contains(labels)) {
        sum += Double.parseDouble(sample.group(2));
        found++;
      }
    }
    assertThat(found).as("samples of %s with %s in %s", name, labels, page).isPositive();
    return sum;
  }
}
