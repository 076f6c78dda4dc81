package dev.clearspan.tracing.internal.span;

import dev.clearspan.tracing.internal.export.SpanPipeline;
import dev.clearspan.tracing.internal.keep.FlightRecorder;
import dev.clearspan.tracing.internal.lane.Lane;
import dev.clearspan.tracing.internal.lane.Lanes;
import dev.clearspan.tracing.internal.metric.CallMetrics;
import dev.clearspan.tracing.internal.record.KeptTraces;
import dev.clearspan.tracing.internal.record.LaneRecords;
import dev.clearspan.tracing.internal.record.RecorderSize;
import dev.clearspan.tracing.internal.time.EpochClock;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flight recorder of one process, put together.
 *
 * @param tracer begins calls
 * @param recorder keeps what is worth it
 * @param userSpans takes the SDK's spans
 */
public record Recording(CallTracer tracer, FlightRecorder recorder, UserSpans userSpans) {
  /**
   * How it records.
   *
   * @param service of this process
   * @param headRate share of traces kept from their root, where no rule says otherwise
   * @param keepLimit traces kept a second, not counting those
   * @param on whether it records at first
   */
  public record Settings(String service, double headRate, int keepLimit, boolean on) {}

  /**
   * A recorder that has started.
   *
   * @param pipeline null: spans are not exported
   */
  public static Recording start(
      Settings settings,
      Resource resource,
      EpochClock clock,
      CallMetrics metrics,
      @Nullable SpanPipeline pipeline) {
    int slots = RecorderSize.slotsPerLane(Lanes.count(), Runtime.getRuntime().maxMemory());
    Lanes<LaneContent> lanes = new Lanes<>(() -> new LaneContent(new LaneRecords(slots)));
    List<LaneRecords> records =
        lanes.all().stream().map(Lane::content).map(LaneContent::records).toList();
    Catalogue catalogue = new Catalogue(settings.service(), settings.headRate());
    KeptTraces kept = new KeptTraces(clock::nanos);
    UserSpans userSpans = new UserSpans(kept, pipeline);
    SpanExports exports =
        new SpanExports(
            new SpanAssembly(catalogue, resource, clock), catalogue, userSpans, pipeline);
    FlightRecorder recorder =
        new FlightRecorder(records, kept, exports, clock, settings.keepLimit(), settings.on());
    CallTracer tracer =
        new CallTracer(settings.service(), catalogue, recorder, lanes, metrics, clock);
    recorder.start();
    return new Recording(tracer, recorder, userSpans);
  }
}
