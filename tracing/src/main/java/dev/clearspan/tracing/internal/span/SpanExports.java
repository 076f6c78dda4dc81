package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.Callee;
import dev.clearspan.tracing.internal.export.SpanPipeline;
import dev.clearspan.tracing.internal.keep.KeptSpans;
import dev.clearspan.tracing.internal.record.Detail;
import dev.clearspan.tracing.internal.record.KeepReason;
import dev.clearspan.tracing.internal.record.SpanRecord;
import org.jspecify.annotations.Nullable;

/** Makes spans of what is kept and hands them to the pipeline. */
final class SpanExports implements KeptSpans {
  private final SpanAssembly assembly;
  private final Catalogue catalogue;
  private final UserSpans userSpans;
  private final @Nullable SpanPipeline pipeline;

  /**
   * Exports to the pipeline.
   *
   * @param pipeline null: spans are not exported
   */
  SpanExports(
      SpanAssembly assembly,
      Catalogue catalogue,
      UserSpans userSpans,
      @Nullable SpanPipeline pipeline) {
    this.assembly = assembly;
    this.catalogue = catalogue;
    this.userSpans = userSpans;
    this.pipeline = pipeline;
  }

  @Override
  public void kept(SpanRecord record, @Nullable Detail detail, KeepReason why, boolean partial) {
    if (pipeline != null) {
      pipeline.offer(assembly.spanOf(record, detail, why, partial));
    }
  }

  @Override
  public void keptTrace(long traceIdHigh, long traceIdLow) {
    userSpans.release(Ids.hex(traceIdHigh, traceIdLow));
  }

  @Override
  public @Nullable Callee callee(SpanRecord record) {
    Peer peer = catalogue.peer(record.peer());
    return peer == null ? null : peer.callee();
  }

  @Override
  public double fullness() {
    return pipeline == null ? 0 : pipeline.fullness();
  }

  @Override
  public void turn() {
    userSpans.turn();
  }
}
