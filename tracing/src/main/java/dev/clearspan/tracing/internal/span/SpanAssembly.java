package dev.clearspan.tracing.internal.span;

import static dev.clearspan.tracing.semconv.TelemetryNames.ATTEMPT;
import static dev.clearspan.tracing.semconv.TelemetryNames.ATTEMPTS;
import static dev.clearspan.tracing.semconv.TelemetryNames.ATTEMPT_KIND;
import static dev.clearspan.tracing.semconv.TelemetryNames.CALLER;
import static dev.clearspan.tracing.semconv.TelemetryNames.ERROR_TYPE;
import static dev.clearspan.tracing.semconv.TelemetryNames.KEEP_REASON;
import static dev.clearspan.tracing.semconv.TelemetryNames.OTHER_METHOD;
import static dev.clearspan.tracing.semconv.TelemetryNames.OUTCOME;
import static dev.clearspan.tracing.semconv.TelemetryNames.PARTIAL;
import static dev.clearspan.tracing.semconv.TelemetryNames.PEER_ADDRESS;
import static dev.clearspan.tracing.semconv.TelemetryNames.PEER_INSTANCE;
import static dev.clearspan.tracing.semconv.TelemetryNames.PEER_PORT;
import static dev.clearspan.tracing.semconv.TelemetryNames.QUEUE_MS;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_METHOD;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_METHOD_ORIGINAL;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_STATUS_CODE;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_SYSTEM_NAME;
import static dev.clearspan.tracing.semconv.TelemetryNames.SERVER_ADDRESS;
import static dev.clearspan.tracing.semconv.TelemetryNames.SERVER_MS;
import static dev.clearspan.tracing.semconv.TelemetryNames.SYSTEM;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.tracing.internal.record.Detail;
import dev.clearspan.tracing.internal.record.KeepReason;
import dev.clearspan.tracing.internal.record.Outcome;
import dev.clearspan.tracing.internal.record.Shape;
import dev.clearspan.tracing.internal.record.SpanRecord;
import dev.clearspan.tracing.internal.time.EpochClock;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes spans in the SDK's form from records. Thread-safe. */
final class SpanAssembly {
  private final Catalogue catalogue;
  private final Resource resource;
  private final EpochClock clock;

  SpanAssembly(Catalogue catalogue, Resource resource, EpochClock clock) {
    this.catalogue = catalogue;
    this.resource = resource;
    this.clock = clock;
  }

  /** The span of a record that is kept. */
  SpanData spanOf(SpanRecord record, @Nullable Detail detail, KeepReason why, boolean partial) {
    AttributesBuilder attributes = Attributes.builder().put(RPC_SYSTEM_NAME, SYSTEM);
    boolean served = record.part() == Shape.Part.SERVED;
    if (served) {
      describeServed(record, detail, attributes);
    } else {
      describeCall(record, attributes);
    }
    attributes.put(RPC_STATUS_CODE, record.code().name());
    attributes.put(ERROR_TYPE, catalogue.word(record.errorType()));
    attributes.put(KEEP_REASON, why.word());
    if (partial) {
      attributes.put(PARTIAL, true);
    }
    addKept(detail, attributes);
    SpanNotes notes = detail != null && detail.notes() instanceof SpanNotes made ? made : null;
    if (notes != null) {
      notes.addTo(attributes);
    }
    long start = clock.epochNanos(record.startNanos());
    return new RecordedSpan(
        notes != null && notes.name() != null ? notes.name() : nameOf(record),
        served ? SpanKind.SERVER : SpanKind.CLIENT,
        context(record, detail, record.spanId()),
        record.parentId() == 0
            ? SpanContext.getInvalid()
            : context(record, detail, record.parentId()),
        status(record, detail, notes),
        start,
        start + record.durationNanos(),
        attributes.build(),
        notes == null ? List.<EventData>of() : notes.events(),
        notes == null ? 0 : notes.eventsAdded(),
        resource);
  }

  private void describeServed(
      SpanRecord record, @Nullable Detail detail, AttributesBuilder attributes) {
    attributes.put(CALLER, catalogue.word(record.caller()));
    attributes.put(QUEUE_MS, record.queueNanos() / 1e6);
    OwnMethod method = catalogue.own(record.method());
    if (method == null || record.has(Shape.UNKNOWN_METHOD)) {
      attributes.put(RPC_METHOD, OTHER_METHOD);
      attributes.put(RPC_METHOD_ORIGINAL, detail == null ? null : detail.methodOriginal());
    } else {
      attributes.put(RPC_METHOD, method.method);
    }
  }

  private void describeCall(SpanRecord record, AttributesBuilder attributes) {
    CalledMethod method = catalogue.called(record.method());
    if (method != null) {
      attributes.put(RPC_METHOD, method.method).put(SERVER_ADDRESS, method.service);
    }
    if (record.part() == Shape.Part.ATTEMPT) {
      attributes.put(ATTEMPT, (long) record.number());
      attributes.put(ATTEMPT_KIND, record.attemptKind().name().toLowerCase(Locale.ROOT));
    } else {
      attributes.put(ATTEMPTS, (long) record.number());
    }
    Peer peer = catalogue.peer(record.peer());
    if (peer != null) {
      attributes.put(PEER_INSTANCE, peer.instance);
      attributes.put(PEER_ADDRESS, peer.address.host());
      attributes.put(PEER_PORT, (long) peer.address.port());
    }
    if (record.part() != Shape.Part.LOGICAL && record.outcome() != Outcome.NONE) {
      describeReply(record, attributes);
    }
  }

  private static void describeReply(SpanRecord record, AttributesBuilder attributes) {
    attributes.put(OUTCOME, record.outcome().name());
    if (record.serverNanos() >= 0) {
      attributes.put(SERVER_MS, record.serverNanos() / 1e6);
    }
    if (record.queueNanos() >= 0) {
      attributes.put(QUEUE_MS, record.queueNanos() / 1e6);
    }
  }

  private static void addKept(@Nullable Detail detail, AttributesBuilder attributes) {
    List<String> pairs = detail == null ? List.of() : detail.kept();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      attributes.put(TelemetryNames.requestMetadata(pairs.get(i)), List.of(pairs.get(i + 1)));
    }
  }

  private String nameOf(SpanRecord record) {
    if (record.part() == Shape.Part.SERVED) {
      OwnMethod own = record.has(Shape.UNKNOWN_METHOD) ? null : catalogue.own(record.method());
      return own == null ? SYSTEM : own.method;
    }
    CalledMethod called = catalogue.called(record.method());
    return called == null ? SYSTEM : called.method;
  }

  private static StatusData status(
      SpanRecord record, @Nullable Detail detail, @Nullable SpanNotes notes) {
    Status status = Status.of(record.code(), detail == null ? "" : detail.message());
    if (record.part() != Shape.Part.SERVED) {
      return TelemetryNames.clientStatus(status);
    }
    StatusData ours = TelemetryNames.serverStatus(status);
    return ours.getStatusCode() == StatusCode.UNSET && notes != null ? notes.status() : ours;
  }

  /** Sampled, whatever was decided at the root: it is exported. */
  private static SpanContext context(SpanRecord record, @Nullable Detail detail, long spanId) {
    byte flags = record.has(Shape.RANDOM) ? TraceContext.RANDOM : 0;
    return SpanContext.create(
        Ids.hex(record.traceIdHigh(), record.traceIdLow()),
        Ids.hex(spanId),
        TraceFlags.fromByte((byte) (flags | TraceContext.SAMPLED)),
        Carriage.parsed(detail == null ? null : detail.traceState()));
  }
}
