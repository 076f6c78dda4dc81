package dev.clearspan.tracing.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which log records are sent. */
class LogPipelineTest {
  private static final String TRACE = "11112222333344440000000000000007";

  private final InMemoryLogRecordExporter exporter = InMemoryLogRecordExporter.create();
  private final AtomicInteger started = new AtomicInteger();

  private SdkLoggerProvider provider(boolean all) {
    LogPipeline pipeline =
        new LogPipeline(
            () -> {
              started.incrementAndGet();
              return exporter;
            },
            all);
    return SdkLoggerProvider.builder().addLogRecordProcessor(pipeline).build();
  }

  private static void log(SdkLoggerProvider provider, Context context, Severity severity) {
    provider
        .get("shop")
        .logRecordBuilder()
        .setContext(context)
        .setSeverity(severity)
        .setBody(severity.name())
        .emit();
  }

  private static Context within(TraceFlags flags) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.create(TRACE, "0000000000000001", flags, TraceState.getDefault())));
  }

  private java.util.List<String> sent(SdkLoggerProvider provider) {
    assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    return exporter.getFinishedLogRecordItems().stream()
        .map(LogRecordData::getSeverity)
        .map(Severity::name)
        .toList();
  }

  @Test
  void linesOfSampledTraces_andWarningsOfAnyTrace() {
    SdkLoggerProvider provider = provider(false);
    log(provider, Context.root(), Severity.ERROR);
    log(provider, within(TraceFlags.getDefault()), Severity.INFO);
    assertThat(started).hasValue(0);
    log(provider, within(TraceFlags.getSampled()), Severity.DEBUG);
    log(provider, within(TraceFlags.getDefault()), Severity.WARN);
    assertThat(sent(provider)).containsExactly("DEBUG", "WARN");
    assertThat(exporter.getFinishedLogRecordItems())
        .allSatisfy(log -> assertThat(log.getSpanContext().getTraceId()).isEqualTo(TRACE));
    assertThat(started).hasValue(1);
  }

  @Test
  void allOfThemWhereThatIsAskedFor() {
    SdkLoggerProvider provider = provider(true);
    log(provider, Context.root(), Severity.INFO);
    assertThat(sent(provider)).containsExactly("INFO");
  }

  @Test
  void nothingIsStartedAfterTheEnd_andAFailingExporterIsNoOnesTrouble() {
    SdkLoggerProvider provider = provider(true);
    assertThat(provider.shutdown().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    log(provider, Context.root(), Severity.INFO);
    assertThat(started).hasValue(0);

    ToldExporter told = new ToldExporter(new Throwing(), "http://nowhere", System::nanoTime);
    assertThat(told.export(java.util.List.of()).isSuccess()).isFalse();
  }

  private static final class Throwing implements LogRecordExporter {
    @Override
    public CompletableResultCode export(Collection<LogRecordData> logs) {
      throw new IllegalStateException("no");
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
