package dev.clearspan.benchmarks;

import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.Metadata;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What an application would write around our engine with OpenTelemetry's SDK alone: a span for each
 * end of a call, the context in a {@code traceparent}, and a histogram by method and status.
 */
final class SdkInterceptor implements Interceptor {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system.name");
  private static final AttributeKey<String> PEER = AttributeKey.stringKey("server.address");
  private static final AttributeKey<String> STATUS =
      AttributeKey.stringKey("rpc.response.status_code");

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;
  private final DoubleHistogram clientDuration;
  private final DoubleHistogram serverDuration;
  private volatile boolean telling = true;

  private SdkInterceptor(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer("bench");
    this.clientDuration = histogram("rpc.client.call.duration");
    this.serverDuration = histogram("rpc.server.call.duration");
  }

  static SdkInterceptor open(String service) {
    return new SdkInterceptor(PlainSdk.open(service));
  }

  void telling(boolean on) {
    telling = on;
  }

  void close() {
    sdk.close();
  }

  @Override
  public String name() {
    return "otel-sdk";
  }

  @Override
  public String description() {
    return "Makes a span and a measurement of each call with OpenTelemetry's SDK.";
  }

  @Override
  public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
    return telling ? told(call, request, next) : next.proceed(call, request);
  }

  private <Q, R> CompletionStage<R> told(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
    boolean isClient = call.side() == CallSpec.Side.CLIENT;
    long began = System.nanoTime();
    Span span = span(call, isClient);
    try (Scope current = span.makeCurrent()) {
      CallSpec<Q, R> sent = isClient ? call.withMetadata(injected(call.metadata())) : call;
      return next.proceed(sent, request)
          .whenComplete((reply, failure) -> ended(call, isClient, began, span, failure));
    }
  }

  private Span span(CallSpec<?, ?> call, boolean isClient) {
    Context parent =
        isClient
            ? Context.current()
            : W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), call.metadata(), new Getter());
    return tracer
        .spanBuilder(call.method().fullName())
        .setParent(parent)
        .setSpanKind(isClient ? SpanKind.CLIENT : SpanKind.SERVER)
        .setAttribute(SYSTEM, "clearspan")
        .setAttribute(METHOD, call.method().fullName())
        .setAttribute(PEER, call.peerService())
        .startSpan();
  }

  private void ended(
      CallSpec<?, ?> call, boolean isClient, long began, Span span, @Nullable Throwable failure) {
    String status = failure == null ? "OK" : "UNKNOWN";
    span.setAttribute(STATUS, status);
    if (failure != null) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
    (isClient ? clientDuration : serverDuration)
        .record(
            (System.nanoTime() - began) / 1e9,
            Attributes.of(SYSTEM, "clearspan", METHOD, call.method().fullName(), STATUS, status));
  }

  private static Metadata injected(Metadata metadata) {
    Metadata[] result = {metadata};
    W3CTraceContextPropagator.getInstance()
        .inject(
            Context.current(),
            result,
            (target, key, value) -> {
              if (target != null) {
                target[0] = target[0].with(key, value);
              }
            });
    return result[0];
  }

  private DoubleHistogram histogram(String name) {
    return sdk.getMeter("bench")
        .histogramBuilder(name)
        .setUnit("s")
        .setExplicitBucketBoundariesAdvice(PlainSdk.BOUNDS)
        .build();
  }

  private static final class Getter implements TextMapGetter<Metadata> {
    @Override
    public Iterable<String> keys(Metadata carrier) {
      List<String> keys = new ArrayList<>();
      carrier.entries().forEach(entry -> keys.add(entry.key()));
      return keys;
    }

    @Override
    public @Nullable String get(@Nullable Metadata carrier, String key) {
      return carrier == null ? null : carrier.first(key);
    }
  }
}
