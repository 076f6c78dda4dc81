package dev.clearspan.tracing.internal.span;

import dev.clearspan.tracing.internal.export.SpanPipeline;
import dev.clearspan.tracing.internal.record.KeptTraces;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Spans that user code and other instrumentation make with the SDK. Those that were chosen at their
 * root are exported. The others wait, the last {@value #MOST_WAITING} of them, for their trace to
 * be kept; what is overtaken stays unseen, as it would have been without us.
 *
 * <p>Spans end on any thread; the rest is done by the recorder's thread.
 */
public final class UserSpans implements SpanProcessor {
  static final int MOST_WAITING = 8_192;

  private final MpscArrayQueue<ReadableSpan> ended = new MpscArrayQueue<>(MOST_WAITING);
  private final Map<String, List<ReadableSpan>> waiting = new LinkedHashMap<>();
  private final KeptTraces kept;
  private final @Nullable SpanPipeline pipeline;
  private final LongAdder produced = new LongAdder();
  private final LongAdder notQueued = new LongAdder();
  private final LongAdder handedOut = new LongAdder();
  private int waitingSpans;

  /**
   * Exports to the pipeline.
   *
   * @param pipeline null: spans are not exported
   */
  UserSpans(KeptTraces kept, @Nullable SpanPipeline pipeline) {
    this.kept = kept;
    this.pipeline = pipeline;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    produced.increment();
    if (!ended.offer(span)) {
      notQueued.increment();
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  /** Spans that ended. */
  public long produced() {
    return produced.sum();
  }

  /** Too many ended at once. */
  public long notQueued() {
    return notQueued.sum();
  }

  /** Handed to the exporter. */
  public long handedOut() {
    return handedOut.sum();
  }

  /** Sorts what has ended since the last turn. */
  void turn() {
    for (ReadableSpan span = ended.poll(); span != null; span = ended.poll()) {
      SpanContext context = span.getSpanContext();
      if (context.isSampled()) {
        handOut(span.toSpanData());
      } else if (kept.contains(Ids.traceLow(context.getTraceId()))) {
        handOut(new KeptSpan(span.toSpanData()));
      } else {
        hold(span, context.getTraceId());
      }
    }
  }

  /** The trace is kept. */
  void release(String traceId) {
    List<ReadableSpan> spans = waiting.remove(traceId);
    if (spans != null) {
      waitingSpans -= spans.size();
      spans.forEach(span -> handOut(new KeptSpan(span.toSpanData())));
    }
  }

  private void hold(ReadableSpan span, String traceId) {
    waiting.computeIfAbsent(traceId, absent -> new ArrayList<>(2)).add(span);
    waitingSpans++;
    Iterator<List<ReadableSpan>> oldest = waiting.values().iterator();
    while (waitingSpans > MOST_WAITING) {
      waitingSpans -= oldest.next().size();
      oldest.remove();
    }
  }

  private void handOut(SpanData span) {
    handedOut.increment();
    if (pipeline != null) {
      pipeline.offer(span);
    }
  }

  /** A span that was not chosen at its root, but its trace is kept. */
  private static final class KeptSpan extends DelegatingSpanData {
    private final SpanContext context;
    private final Attributes attributes;

    KeptSpan(SpanData span) {
      super(span);
      SpanContext before = span.getSpanContext();
      context =
          SpanContext.create(
              before.getTraceId(),
              before.getSpanId(),
              TraceFlags.fromByte((byte) (before.getTraceFlags().asByte() | 1)),
              before.getTraceState());
      attributes =
          span.getAttributes().toBuilder().put(TelemetryNames.KEEP_REASON, "trace").build();
    }

    @Override
    public SpanContext getSpanContext() {
      return context;
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
