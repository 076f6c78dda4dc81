package dev.clearspan.tracing.internal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.time.Ticker;
import dev.clearspan.tracing.internal.metric.ExportTally;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class SpanPipelineTest {
  private final ExportTally tally = new ExportTally();
  private final Exporter exporter = new Exporter();
  private final SpanPipeline pipeline =
      SpanPipeline.start(exporter, "http://test", tally, Ticker.SYSTEM);

  @Test
  void anExporterThatThrowsLosesItsBatchAndIsAskedAgain() {
    exporter.broken = true;
    pipeline.offer(span("lost"));
    await().until(() -> tally.spansLost() == 1);
    exporter.broken = false;

    pipeline.offer(span("kept"));
    pipeline.close();

    assertThat(exporter.names).containsExactly("kept");
  }

  @Test
  void whatIsOfferedAfterClosingIsCountedAsLost() {
    pipeline.offer(span("in time"));
    pipeline.close(Duration.ofSeconds(2));

    pipeline.offer(span("late"));

    assertThat(exporter.names).containsExactly("in time");
    assertThat(tally.spansLost()).isEqualTo(1);
  }

  @Test
  void aFullBatchDoesNotWaitForTheDelay() {
    for (int i = 0; i < 5_000; i++) {
      pipeline.offer(span("span"));
    }
    pipeline.close();

    assertThat(exporter.names).hasSize(5_000);
    assertThat(exporter.largestBatch).isEqualTo(2_048);
  }

  private static SpanData span(String name) {
    return TestSpanData.builder()
        .setName(name)
        .setKind(SpanKind.CLIENT)
        .setStartEpochNanos(1)
        .setEndEpochNanos(2)
        .setHasEnded(true)
        .setStatus(StatusData.unset())
        .build();
  }

  private static final class Exporter implements SpanExporter {
    final List<String> names = new CopyOnWriteArrayList<>();
    volatile boolean broken;
    volatile int largestBatch;

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      if (broken) {
        throw new IllegalStateException("broken, as asked for");
      }
      largestBatch = Math.max(largestBatch, spans.size());
      spans.forEach(span -> names.add(span.getName()));
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
