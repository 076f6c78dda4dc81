package dev.clearspan.rpc.client;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.OutlierStatus;
import dev.clearspan.protocol.PanicStatus;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.rpc.client.Routes.Target;
import dev.clearspan.rpc.outlier.Ejection;
import java.time.Instant;
import java.util.function.LongFunction;

/** Outliers and panic of one channel in the process' status document. */
final class LeftOutStatus {
  private final String service;
  private final ChannelCounters counters;
  private final LongFunction<Instant> wall;

  /** {@code wall} tells what a moment on the ticker is on the clock. */
  LeftOutStatus(String service, ChannelCounters counters, LongFunction<Instant> wall) {
    this.service = service;
    this.counters = counters;
    this.wall = wall;
  }

  void add(ProcessStatus.Builder status, Routes routes) {
    for (Target target : routes.targets()) {
      Ejection ejection = target.endpoint().watched().ejection();
      if (ejection != null && status.getOutliersCount() < ChannelStatus.MAX_ENTRIES) {
        status.addOutliers(
            OutlierStatus.newBuilder()
                .setService(service)
                .setInstance(target.endpoint().id())
                .setSince(timestamp(ejection.sinceNanos()))
                .setUntil(timestamp(ejection.untilNanos()))
                .setCause(ejection.detail()));
      }
    }
    counters
        .panics
        .inForce()
        .forEach(
            (method, panic) -> {
              if (status.getPanicsCount() < ChannelStatus.MAX_ENTRIES) {
                status.addPanics(
                    PanicStatus.newBuilder()
                        .setService(service)
                        .setMethod(method)
                        .setSince(timestamp(panic.sinceNanos()))
                        .setCause(panic.cause()));
              }
            });
  }

  private Timestamp timestamp(long nanos) {
    return ChannelStatus.timestamp(wall.apply(nanos));
  }
}
