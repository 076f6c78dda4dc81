package dev.clearspan.tracing.internal.metric;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.tracing.internal.lane.Lane;
import dev.clearspan.tracing.internal.lane.Lanes;
import dev.clearspan.tracing.semconv.Conventions;
import dev.clearspan.tracing.testing.EndedAttempt;
import dev.clearspan.tracing.testing.EndedCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts calls the way ledgers do, and has what reads them. Thread-safe. */
final class Counting {
  static final String METHOD = "shop.Orders/Place";

  final SeriesTable table = new SeriesTable();
  final CallMetrics metrics = new CallMetrics(table);
  final KeptExemplars exemplars = new KeptExemplars();
  final GaugeSources gauges = new GaugeSources();
  final MetricSource source =
      new MetricSource(table, exemplars, gauges, new ExportTally(), Conventions.V1_44);
  private final Map<String, Integer> peers = new ConcurrentHashMap<>();
  private final AtomicInteger lastPeer = new AtomicInteger();
  private final Lanes<LaneMetrics> lanes = new Lanes<>(() -> new LaneMetrics(table));

  /** Counts a call that went well; returns its series. */
  int call(String service, long nanos) {
    return call(service, new EndedCall(Status.OK, null, 1, 0, nanos));
  }

  int call(String service, CallRecord record) {
    Lane<LaneMetrics> lane = lanes.take();
    try {
      return metrics.called(METHOD, service).callEnded(lane.content(), record, 0);
    } finally {
      lane.giveBack();
    }
  }

  void attempt(String service, String peer, AttemptKind kind, Status status, long nanos) {
    Lane<LaneMetrics> lane = lanes.take();
    try {
      EndedAttempt record =
          new EndedAttempt(
              1, kind, peer, peer, status, "STATUS", errorType(status), 0, nanos, 10, 20, -1, -1);
      int number = peers.computeIfAbsent(peer, first -> lastPeer.incrementAndGet());
      int unused = metrics.called(METHOD, service).attemptEnded(lane.content(), record, number);
    } finally {
      lane.giveBack();
    }
  }

  static @Nullable String errorType(Status status) {
    return status.isOk() ? null : status.code().name();
  }
}
