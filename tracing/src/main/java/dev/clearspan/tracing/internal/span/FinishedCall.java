package dev.clearspan.tracing.internal.span;

import static dev.clearspan.tracing.semconv.TelemetryNames.ATTEMPT;
import static dev.clearspan.tracing.semconv.TelemetryNames.ATTEMPTS;
import static dev.clearspan.tracing.semconv.TelemetryNames.ATTEMPT_KIND;
import static dev.clearspan.tracing.semconv.TelemetryNames.ERROR_TYPE;
import static dev.clearspan.tracing.semconv.TelemetryNames.OUTCOME;
import static dev.clearspan.tracing.semconv.TelemetryNames.PEER_ADDRESS;
import static dev.clearspan.tracing.semconv.TelemetryNames.PEER_INSTANCE;
import static dev.clearspan.tracing.semconv.TelemetryNames.PEER_PORT;
import static dev.clearspan.tracing.semconv.TelemetryNames.QUEUE_MS;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_METHOD;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_SYSTEM_NAME;
import static dev.clearspan.tracing.semconv.TelemetryNames.SERVER_ADDRESS;
import static dev.clearspan.tracing.semconv.TelemetryNames.SERVER_MS;
import static dev.clearspan.tracing.semconv.TelemetryNames.SYSTEM;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.internal.export.SpanSource;
import dev.clearspan.tracing.semconv.Conventions;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client call that is over, as spans: one if there was at most one attempt, else one for the call
 * and a child for each attempt.
 *
 * @param position trace and span id of the only span, or of the first attempt's
 * @param lastEnded head of the list of attempts, latest end first; null when there was none
 * @param epochOffsetNanos time of day minus monotonic time
 */
record FinishedCall(
    String method,
    String service,
    SpanContext parent,
    TraceContext position,
    CallRecord record,
    @Nullable TracedAttempt lastEnded,
    long epochOffsetNanos,
    Conventions conventions,
    Resource resource)
    implements SpanSource {

  @Override
  public int spans() {
    return hasAttemptSpans() ? attempts().size() + 1 : 1;
  }

  @Override
  public void addTo(List<SpanData> batch) {
    if (!hasAttemptSpans()) {
      batch.add(onlySpan());
      return;
    }
    SpanContext logical = contextOf(SpanIds.next());
    batch.add(callSpan(logical, lastPeer(callAttributes()).build()));
    attempts().forEach(attempt -> batch.add(attemptSpan(attempt, logical)));
  }

  private boolean hasAttemptSpans() {
    return lastEnded != null && lastEnded.endedBefore != null;
  }

  /** In the order of their ends. */
  private Deque<TracedAttempt> attempts() {
    Deque<TracedAttempt> attempts = new ArrayDeque<>();
    for (TracedAttempt next = lastEnded; next != null; next = next.endedBefore) {
      attempts.addFirst(next);
    }
    return attempts;
  }

  private SpanData onlySpan() {
    AttributesBuilder attributes = lastPeer(callAttributes());
    if (lastEnded != null) {
      reply(attributes, lastEnded.record());
    }
    return callSpan(contextOf(position.spanId()), attributes.build());
  }

  private SpanData callSpan(SpanContext context, Attributes attributes) {
    return span(
        context, parent, record.status(), record.startNanos(), record.endNanos(), attributes);
  }

  private SpanData attemptSpan(TracedAttempt attempt, SpanContext logical) {
    AttemptRecord ended = attempt.record();
    AttributesBuilder attributes =
        common(ended.status(), ended.errorType())
            .put(ATTEMPT, (long) ended.number())
            .put(ATTEMPT_KIND, ended.kind().name().toLowerCase(Locale.ROOT));
    peer(attributes, ended);
    reply(attributes, ended);
    return span(
        contextOf(attempt.wireContext().spanId()),
        logical,
        ended.status(),
        ended.startNanos(),
        ended.endNanos(),
        attributes.build());
  }

  private SpanData span(
      SpanContext context,
      SpanContext parentSpan,
      Status status,
      long startNanos,
      long endNanos,
      Attributes attributes) {
    return new CallSpan(
        method,
        context,
        parentSpan,
        TelemetryNames.clientStatus(status),
        startNanos + epochOffsetNanos,
        endNanos + epochOffsetNanos,
        attributes,
        resource);
  }

  private AttributesBuilder callAttributes() {
    return common(record.status(), record.errorType()).put(ATTEMPTS, (long) record.attempts());
  }

  private AttributesBuilder common(Status status, @Nullable String errorType) {
    return conventions
        .putStatus(Attributes.builder(), status.code())
        .put(RPC_SYSTEM_NAME, SYSTEM)
        .put(RPC_METHOD, method)
        .put(SERVER_ADDRESS, service)
        .put(ERROR_TYPE, errorType);
  }

  private AttributesBuilder lastPeer(AttributesBuilder attributes) {
    if (lastEnded != null) {
      peer(attributes, lastEnded.record());
    }
    return attributes;
  }

  private static void peer(AttributesBuilder attributes, AttemptRecord ended) {
    attributes.put(PEER_INSTANCE, ended.peerInstance());
    if (ended.peerAddress() != null) {
      HostPort peer = HostPort.parse(ended.peerAddress());
      attributes.put(PEER_ADDRESS, peer.host()).put(PEER_PORT, (long) peer.port());
    }
  }

  private static void reply(AttributesBuilder attributes, AttemptRecord ended) {
    attributes.put(OUTCOME, ended.outcome());
    if (ended.serverNanos() >= 0) {
      attributes.put(SERVER_MS, ended.serverNanos() / 1e6);
    }
    if (ended.serverQueueNanos() >= 0) {
      attributes.put(QUEUE_MS, ended.serverQueueNanos() / 1e6);
    }
  }

  private SpanContext contextOf(long spanId) {
    TraceContext context =
        new TraceContext(
            position.traceIdHigh(),
            position.traceIdLow(),
            spanId,
            position.traceFlags(),
            position.clearspanFlags());
    return SpanContext.create(
        context.traceId(),
        context.spanIdHex(),
        TraceFlags.fromByte(context.traceFlags()),
        TraceState.getDefault());
  }
}
