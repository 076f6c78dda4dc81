package dev.clearspan.console.invoke;

import com.google.protobuf.ByteString;
import dev.clearspan.console.intake.SentSpan;
import dev.clearspan.console.intake.SpanBatch;
import dev.clearspan.console.intake.SpanGroup;
import dev.clearspan.console.invoke.InvocationLedger.MadeAttempt;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The console's own part of an invocation's trace, in the form in which every other process sends
 * its own (docs/telemetry.md).
 *
 * @param startNanos {@link System#nanoTime} at the call's start
 * @param endNanos the same at its end
 * @param startEpochNanos the start since 1970
 */
record InvocationSpans(
    InvocationLedger ledger,
    String service,
    String method,
    String author,
    Status status,
    long startNanos,
    long endNanos,
    long startEpochNanos) {
  /** As what the console calls. */
  static final String CALLER = "clearspan-console";

  private static final AttributeKey<String> INVOKED_BY =
      AttributeKey.stringKey("clearspan.invoked_by");
  private static final AttributeKey<String> STATUS_CODE =
      AttributeKey.stringKey("rpc.response.status_code");
  private static final int MOST_MESSAGE = 1_000;

  /** A CLIENT span; with several attempts one for each below it. */
  SpanBatch batch() {
    List<MadeAttempt> attempts = ledger.attempts();
    List<Span> spans = new ArrayList<>();
    if (attempts.size() == 1) {
      MadeAttempt only = attempts.get(0);
      Span.Builder span = call(only.spanId());
      peer(span, only.record());
      spans.add(span.build());
    } else {
      long id = InvocationLedger.id();
      spans.add(call(id).build());
      attempts.forEach(attempt -> spans.add(attempt(attempt, id)));
    }
    Resource resource =
        Resource.newBuilder().addAttributes(text(TelemetryNames.SERVICE_NAME, CALLER)).build();
    return new SpanBatch(
        List.of(
            new SpanGroup(
                resource, TelemetryNames.SCOPE, spans.stream().map(SentSpan::of).toList())));
  }

  private Span.Builder call(long id) {
    Span.Builder span = span(id, startNanos, endNanos, status);
    span.addAttributes(number(TelemetryNames.ATTEMPTS, ledger.attempts().size()))
        .addAttributes(text(INVOKED_BY, author))
        .addAttributes(text(TelemetryNames.KEEP_REASON, "order"));
    return span;
  }

  private Span attempt(MadeAttempt made, long parent) {
    AttemptRecord record = made.record();
    Span.Builder span =
        span(made.spanId(), record.startNanos(), record.endNanos(), record.status())
            .setParentSpanId(bytes(parent));
    span.addAttributes(number(TelemetryNames.ATTEMPT, record.number()))
        .addAttributes(
            text(TelemetryNames.ATTEMPT_KIND, made.kind().name().toLowerCase(Locale.ROOT)));
    peer(span, record);
    return span.build();
  }

  private Span.Builder span(long id, long from, long to, Status ending) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(
                ByteString.copyFrom(
                    ByteBuffer.allocate(16)
                        .putLong(ledger.traceHigh())
                        .putLong(ledger.traceLow())
                        .array()))
            .setSpanId(bytes(id))
            .setName(method)
            .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
            .setStartTimeUnixNano(startEpochNanos + (from - startNanos))
            .setEndTimeUnixNano(startEpochNanos + (to - startNanos))
            .addAttributes(text(TelemetryNames.RPC_SYSTEM_NAME, TelemetryNames.SYSTEM))
            .addAttributes(text(TelemetryNames.RPC_METHOD, method))
            .addAttributes(text(TelemetryNames.SERVER_ADDRESS, service))
            .addAttributes(text(STATUS_CODE, ending.code().name()));
    if (!ending.isOk()) {
      span.setStatus(
              io.opentelemetry.proto.trace.v1.Status.newBuilder()
                  .setCode(StatusCode.STATUS_CODE_ERROR)
                  .setMessage(cut(ending.message())))
          .addAttributes(text(TelemetryNames.ERROR_TYPE, ending.code().name()));
    }
    return span;
  }

  private static void peer(Span.Builder span, AttemptRecord record) {
    span.addAttributes(text(TelemetryNames.OUTCOME, record.outcome()));
    String address = record.peerAddress();
    if (address != null) {
      int colon = address.lastIndexOf(':');
      span.addAttributes(text(TelemetryNames.PEER_ADDRESS, address.substring(0, colon)));
      span.addAttributes(
          number(TelemetryNames.PEER_PORT, Long.parseLong(address.substring(colon + 1))));
    }
    if (record.peerInstance() != null) {
      span.addAttributes(text(TelemetryNames.PEER_INSTANCE, record.peerInstance()));
    }
    if (record.serverNanos() >= 0) {
      span.addAttributes(fraction(TelemetryNames.SERVER_MS, record.serverNanos() / 1e6));
    }
    if (record.serverQueueNanos() >= 0) {
      span.addAttributes(fraction(TelemetryNames.QUEUE_MS, record.serverQueueNanos() / 1e6));
    }
  }

  private static String cut(String message) {
    return message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) + "..." : message;
  }

  private static ByteString bytes(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).array());
  }

  private static KeyValue text(AttributeKey<String> key, @Nullable String value) {
    return pair(key, AnyValue.newBuilder().setStringValue(String.valueOf(value)));
  }

  private static KeyValue number(AttributeKey<Long> key, long value) {
    return pair(key, AnyValue.newBuilder().setIntValue(value));
  }

  private static KeyValue fraction(AttributeKey<Double> key, double value) {
    return pair(key, AnyValue.newBuilder().setDoubleValue(value));
  }

  private static KeyValue pair(AttributeKey<?> key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key.getKey()).setValue(value).build();
  }
}
