package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.Metadata;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What travels from service to service beside the trace's position: W3C baggage and tracestate, as
 * metadata of calls. Thread-safe.
 */
final class Carriage {
  static final String BAGGAGE = "baggage";
  static final String TRACE_STATE = "tracestate";

  /** W3C's limit. */
  private static final int MOST_BAGGAGE_BYTES = 8_192;

  private static final int MOST_TRACE_STATE_MEMBERS = 32;
  private static final TextMapGetter<Metadata> READER = new MetadataReader();

  private final LongAdder dropped = new LongAdder();

  /** Baggage that was too large to be sent. */
  long dropped() {
    return dropped.sum();
  }

  /** The metadata to send with a call. */
  Metadata of(RecordedCall call, Metadata own) {
    List<String> wanted = call.method().rule.keptAttributes();
    if (!wanted.isEmpty() && !own.isEmpty()) {
      call.more().keptAttributes = pairs(own, wanted);
    }
    Metadata carried = own;
    CallMore more = call.moreIfAny();
    if (more != null && !more.baggage.isEmpty()) {
      carried = with(carried, BAGGAGE, text(more.baggage));
    }
    RecordedServed served = call.served();
    return served == null ? carried : with(carried, TRACE_STATE, traceState(served.request()));
  }

  /** Makes the served call the current span, and what its request carries the current baggage. */
  @SuppressWarnings("MustBeClosedChecker") // closing it is the business of who asked for it
  Scope enter(RecordedServed served, Metadata request) {
    Context context = CurrentServed.in(Context.current(), served);
    if (!request.isEmpty() && isSensible(request.first(BAGGAGE))) {
      context = W3CBaggagePropagator.getInstance().extract(context, request, READER);
    }
    return context.makeCurrent();
  }

  /** The served call's position in OpenTelemetry's words. */
  SpanContext spanContext(RecordedServed served) {
    return SpanContext.create(
        served.traceId(),
        Ids.hex(served.spanId()),
        TraceFlags.fromByte(served.traceFlags()),
        parsed(traceState(served.request())));
  }

  /** W3C's header as the request brought it; null: it did not. */
  static @Nullable String traceState(@Nullable Metadata request) {
    return request == null || request.isEmpty() ? null : request.first(TRACE_STATE);
  }

  /** Those pairs whose keys are wanted, key and value in turn. */
  static List<String> pairs(@Nullable Metadata metadata, List<String> keys) {
    if (metadata == null || metadata.isEmpty() || keys.isEmpty()) {
      return List.of();
    }
    List<String> pairs = new ArrayList<>();
    for (String key : keys) {
      String value = metadata.first(key);
      if (value != null) {
        pairs.add(key);
        pairs.add(SpanNotes.cut(value));
      }
    }
    return pairs;
  }

  /** W3C's list of key=value; members that make no sense are left out. */
  static TraceState parsed(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return TraceState.getDefault();
    }
    var state = TraceState.builder();
    List<String> members = List.of(text.split(",", MOST_TRACE_STATE_MEMBERS + 1));
    // The builder puts what is set last first.
    for (int i = Math.min(members.size(), MOST_TRACE_STATE_MEMBERS) - 1; i >= 0; i--) {
      String member = members.get(i).trim();
      int equals = member.indexOf('=');
      if (equals > 0) {
        state.put(member.substring(0, equals), member.substring(equals + 1));
      }
    }
    return state.build();
  }

  private Metadata with(Metadata metadata, String key, @Nullable String value) {
    if (value == null || value.isEmpty() || metadata.first(key) != null) {
      return metadata;
    }
    try {
      return metadata.with(key, value);
    } catch (IllegalArgumentException e) {
      dropped.increment();
      return metadata;
    }
  }

  private static @Nullable String text(Baggage baggage) {
    Map<String, String> carrier = new HashMap<>();
    W3CBaggagePropagator.getInstance()
        .inject(Context.root().with(baggage), carrier, (to, key, value) -> store(to, key, value));
    String text = carrier.get(BAGGAGE);
    return isSensible(text) ? text : null;
  }

  private static void store(@Nullable Map<String, String> carrier, String key, String value) {
    if (carrier != null) {
      carrier.put(key, value);
    }
  }

  private static boolean isSensible(@Nullable String baggage) {
    return baggage != null && baggage.length() <= MOST_BAGGAGE_BYTES;
  }

  private static final class MetadataReader implements TextMapGetter<Metadata> {
    @Override
    public Iterable<String> keys(Metadata carrier) {
      return carrier.entries().stream().map(Metadata.Entry::key).toList();
    }

    @Override
    public @Nullable String get(@Nullable Metadata carrier, String key) {
      return carrier == null ? null : carrier.first(key);
    }
  }
}
