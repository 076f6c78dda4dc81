package dev.clearspan.console.jaeger;

import dev.clearspan.console.jaeger.JaegerTrace.JaegerLog;
import dev.clearspan.console.jaeger.JaegerTrace.JaegerProcess;
import dev.clearspan.console.jaeger.JaegerTrace.JaegerReference;
import dev.clearspan.console.jaeger.JaegerTrace.JaegerSpan;
import dev.clearspan.console.jaeger.JaegerTrace.JaegerTag;
import dev.clearspan.console.trace.Trace;
import dev.clearspan.console.trace.TraceSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says one stored trace in Jaeger's words; processes are numbered in order of their first span. */
public final class TraceTranslation {
  private static final String PARTIAL =
      "Part of this trace is missing: the console's page of it says what is known.";

  private final Trace trace;
  private final Map<JaegerProcess, String> processes = new LinkedHashMap<>();

  private TraceTranslation(Trace trace) {
    this.trace = trace;
  }

  public static JaegerTrace of(Trace trace) {
    return new TraceTranslation(trace).translated();
  }

  private JaegerTrace translated() {
    List<JaegerSpan> spans = trace.spans().stream().map(this::span).toList();
    Map<String, JaegerProcess> byId = new LinkedHashMap<>();
    processes.forEach((process, id) -> byId.put(id, process));
    return new JaegerTrace(trace.traceId(), spans, byId, trace.partial() ? List.of(PARTIAL) : null);
  }

  private JaegerSpan span(TraceSpan span) {
    return new JaegerSpan(
        trace.traceId(),
        span.spanId(),
        span.name(),
        references(span.parentSpanId()),
        at(span.startOffsetMicros()),
        span.durationMicros(),
        JaegerTags.of(span),
        span.events().stream().map(this::log).toList(),
        processes.computeIfAbsent(process(span), process -> "p" + (processes.size() + 1)),
        null);
  }

  private List<JaegerReference> references(@Nullable String parent) {
    return parent == null
        ? List.of()
        : List.of(new JaegerReference("CHILD_OF", trace.traceId(), parent));
  }

  private JaegerLog log(TraceSpan.Event event) {
    List<JaegerTag> fields = new ArrayList<>();
    fields.add(JaegerTags.of("event", event.name()));
    fields.addAll(JaegerTags.of(event.attributes()));
    return new JaegerLog(at(event.offsetMicros()), fields);
  }

  private static JaegerProcess process(TraceSpan span) {
    return new JaegerProcess(
        span.service(),
        span.instance().isEmpty()
            ? List.of()
            : List.of(JaegerTags.of("service.instance.id", span.instance())));
  }

  private long at(long offsetMicros) {
    return trace.startEpochMicros() + offsetMicros;
  }
}
