package dev.clearspan.tracing.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.time.Ticker;
import dev.clearspan.tracing.internal.metric.KeptExemplars.Exemplar;
import dev.clearspan.tracing.internal.time.EpochClock;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exemplars lead to kept traces, and to no others. */
final class KeptExemplarsTest {
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";
  private static final long MICRO = 1_000;

  private final Counting counting = new Counting();
  private final DeltaView view = new DeltaView(counting.source, Resource.empty(), 0);

  @Test
  void aCallThatWasNotKeptIsNoExemplar() {
    int unused = counting.call("orders", 20 * MICRO);

    assertThat(exemplars(1)).isEmpty();
  }

  @Test
  void theLastKeptCallOfEachBucketIsItsExemplar() {
    int series = counting.call("orders", 20 * MICRO);
    assertThat(counting.call("orders", 30 * MICRO)).isEqualTo(series);
    assertThat(counting.call("orders", 70 * MICRO)).isEqualTo(series);
    kept(series, 'a', 20 * MICRO);
    kept(series, 'b', 30 * MICRO);
    kept(series, 'c', 70 * MICRO);

    assertThat(exemplars(10))
        .extracting(each -> each.getSpanContext().getTraceId().charAt(0))
        .containsExactly('b', 'c');
    assertThat(exemplars(10)).extracting(DoubleExemplarData::getValue).contains(0.00003, 0.00007);
  }

  @Test
  void anExemplarIsPushedOnce() {
    int series = counting.call("orders", 20 * MICRO);
    kept(series, 'a', 20 * MICRO);
    DeltaView.Push push = view.read(10);
    assertThat(push.metrics()).isNotEmpty();
    push.delivered();
    int again = counting.call("orders", 20 * MICRO);

    assertThat(again).isEqualTo(series);
    assertThat(exemplars(20)).isEmpty();
  }

  @Test
  void openMetricsShowsIt_plainTextDoesNot() {
    EpochClock clock = new EpochClock(Ticker.SYSTEM, Clock.systemUTC());
    MetricsPageWriter page =
        new MetricsPageWriter(
            new ProcessMetrics(counting.source, Resource.empty(), clock),
            CollectionRegistration.noop());
    int series = counting.call("orders", 20 * MICRO);
    counting.exemplars.kept(series, new Exemplar(span('d'), 20 * MICRO, clock.nowEpochNanos() + 1));

    assertThat(text(page, OPEN_METRICS))
        .contains("le=\"5.0E-5\"} 1 # {span_id=\"" + "d".repeat(16) + "\"")
        .contains("trace_id=\"" + "d".repeat(32) + "\"} 2.0E-5");
    assertThat(text(page, "text/plain")).doesNotContain("trace_id");
  }

  private void kept(int series, char digit, long nanos) {
    counting.exemplars.kept(series, new Exemplar(span(digit), nanos, 5));
  }

  private static SpanContext span(char digit) {
    return SpanContext.create(
        String.valueOf(digit).repeat(32),
        String.valueOf(digit).repeat(16),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  private List<DoubleExemplarData> exemplars(long now) {
    return view.read(now).metrics().stream()
        .filter(metric -> metric.getName().equals("rpc.client.call.duration"))
        .flatMap(metric -> metric.getHistogramData().getPoints().stream())
        .flatMap(point -> point.getExemplars().stream())
        .toList();
  }

  private static String text(MetricsPageWriter page, String accept) {
    return new String(page.write(accept).body(), StandardCharsets.UTF_8);
  }
}
