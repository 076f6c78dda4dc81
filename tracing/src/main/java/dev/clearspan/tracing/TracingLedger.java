package dev.clearspan.tracing;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.ledger.TelemetryRules;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.rpc.time.Ticker;
import dev.clearspan.tracing.internal.export.LogPipeline;
import dev.clearspan.tracing.internal.export.MetricPush;
import dev.clearspan.tracing.internal.export.OtlpExporters;
import dev.clearspan.tracing.internal.export.OtlpTarget;
import dev.clearspan.tracing.internal.export.PushCadence;
import dev.clearspan.tracing.internal.export.SpanPipeline;
import dev.clearspan.tracing.internal.export.UserMeters;
import dev.clearspan.tracing.internal.metric.CallMetrics;
import dev.clearspan.tracing.internal.metric.DeltaView;
import dev.clearspan.tracing.internal.metric.ExportTally;
import dev.clearspan.tracing.internal.metric.GaugeSources;
import dev.clearspan.tracing.internal.metric.KeptExemplars;
import dev.clearspan.tracing.internal.metric.MetricSource;
import dev.clearspan.tracing.internal.metric.MetricsPageWriter;
import dev.clearspan.tracing.internal.metric.ProcessMetrics;
import dev.clearspan.tracing.internal.metric.SeriesTable;
import dev.clearspan.tracing.internal.span.Recording;
import dev.clearspan.tracing.internal.span.TraceSampler;
import dev.clearspan.tracing.internal.time.EpochClock;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.SdkLoggerProviderBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger that makes spans and metrics of calls. Calls only note what happened; two threads of
 * its own turn that into telemetry and send it. Thread-safe.
 */
final class TracingLedger implements CallLedger {
  private static final Logger LOG = LoggerFactory.getLogger(TracingLedger.class);
  private static final long CLOSE_MILLIS = 2_000;

  private final GaugeSources gauges = new GaugeSources();
  private final SeriesTable series = new SeriesTable();
  private final KeptExemplars exemplars = new KeptExemplars();
  private final ExportTally tally = new ExportTally();
  private final EpochClock clock = new EpochClock(Ticker.SYSTEM, Clock.systemUTC());
  private final UserMeters pushedUserMeters =
      new UserMeters(AggregationTemporalitySelector.deltaPreferred());
  private final UserMeters servedUserMeters =
      new UserMeters(AggregationTemporalitySelector.alwaysCumulative());
  private final OtlpExporters exporters = new OtlpExporters();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable SpanPipeline pipeline;
  private final @Nullable MetricPush push;
  private final OpenTelemetrySdk sdk;
  private final ProcessMetrics metrics;
  private final Recording recording;
  private final MetricsPageWriter page;

  private TracingLedger(ProcessIdentity identity, TelemetrySettings settings) {
    Resource resource = ProcessResource.of(identity, settings);
    MetricSource source =
        new MetricSource(series, exemplars, gauges, tally, settings.conventions());
    pipeline = settings.traces() == null ? null : startPipeline(settings.traces());
    recording =
        Recording.start(
            recorded(identity, settings),
            resource,
            clock,
            new CallMetrics(series),
            exemplars,
            pipeline);
    sdk = sdk(resource, settings);
    gauges.register(new RecorderGauges(recording, tally, clock));
    metrics = new ProcessMetrics(source, resource, clock).open();
    page = new MetricsPageWriter(metrics, servedUserMeters);
    push =
        settings.metrics() == null
            ? null
            : startPush(settings.metrics(), settings.pushInterval(), resource, source);
  }

  /** Opens a ledger; the first of a process also becomes the global OpenTelemetry, if none is. */
  static TracingLedger open(ProcessIdentity identity, TelemetrySettings settings) {
    TracingLedger ledger = new TracingLedger(identity, settings);
    ledger.becomeGlobal();
    return ledger;
  }

  /** The SDK behind this ledger, for spans that user code makes. */
  OpenTelemetry openTelemetry() {
    return sdk;
  }

  @Override
  public ClientCall beginCall(MethodSpec<?, ?> method, String service) {
    return recording.tracer().beginCall(method.fullName(), service);
  }

  @Override
  public ServedCall beginServed(
      String methodName,
      @Nullable TraceContext remote,
      @Nullable String callerService,
      String peerAddress) {
    return recording.tracer().beginServed(methodName, remote, callerService);
  }

  @Override
  public void telemetry(String service, TelemetryRules rules) {
    recording.tracer().rules(service, rules);
  }

  @Override
  public void collect(long[] traceIds) {
    recording.recorder().ask(traceIds);
  }

  @Override
  public void recording(boolean on) {
    recording.recorder().switchOn(on);
  }

  @Override
  public Gauges gauges() {
    return gauges;
  }

  @Override
  public void metricPushInterval(Duration interval) {
    if (push != null) {
      push.fleetInterval(interval);
    }
  }

  @Override
  public MetricsPage metricsPage(@Nullable String acceptHeader) {
    return page.write(acceptHeader);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    metrics.close();
    long until = clock.nanos() + Duration.ofMillis(CLOSE_MILLIS).toNanos();
    sdk.shutdown().join(CLOSE_MILLIS / 2, TimeUnit.MILLISECONDS);
    recording.recorder().close(Duration.ofMillis(CLOSE_MILLIS / 2));
    if (pipeline != null) {
      pipeline.close(Duration.ofNanos(until - clock.nanos()));
    }
    if (push != null) {
      push.close(Duration.ofNanos(until - clock.nanos()));
    }
    exporters.close();
  }

  private SpanPipeline startPipeline(OtlpTarget target) {
    return SpanPipeline.start(exporters.spans(target), target.endpoint(), tally, Ticker.SYSTEM);
  }

  private MetricPush startPush(
      OtlpTarget target, @Nullable Duration interval, Resource resource, MetricSource source) {
    MetricPush started =
        new MetricPush(
            new DeltaView(source, resource, clock.nowEpochNanos()),
            pushedUserMeters,
            exporters.metrics(target),
            target.endpoint(),
            tally,
            clock,
            new PushCadence(interval));
    started.start();
    return started;
  }

  private static Recording.Settings recorded(ProcessIdentity identity, TelemetrySettings settings) {
    return new Recording.Settings(
        identity.processId(),
        identity.service(),
        settings.sampleRate(),
        settings.keepLimit(),
        settings.recording(),
        settings.conventions());
  }

  private OpenTelemetrySdk sdk(Resource resource, TelemetrySettings settings) {
    SdkLoggerProviderBuilder logs = SdkLoggerProvider.builder().setResource(resource);
    if (settings.logs() != null) {
      logs.addLogRecordProcessor(new LogPipeline(exporters, settings.logs(), settings.allLogs()));
    }
    return OpenTelemetrySdk.builder()
        .setLoggerProvider(logs.build())
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(new TraceSampler(settings.sampleRate()))
                .addSpanProcessor(recording.userSpans())
                .build())
        .setMeterProvider(
            SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(pushedUserMeters)
                .registerMetricReader(servedUserMeters)
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  private void becomeGlobal() {
    if (GlobalOpenTelemetry.isSet()) {
      return;
    }
    try {
      GlobalOpenTelemetry.set(sdk);
    } catch (IllegalStateException e) {
      LOG.info("another OpenTelemetry is the global one; spans made with it are not ours", e);
    }
  }
}
