package dev.clearspan.console.metric;

import dev.clearspan.console.ManualClock;

class MemoryMetricStoreTest extends MetricStoreContract {
  @Override
  MetricStore store() {
    ManualClock clock = new ManualClock(Traffic.END.minus(Traffic.LENGTH));
    CallAggregates aggregates = CallAggregates.create(clock);
    Traffic.countedBy(aggregates, clock);
    return aggregates;
  }
}
