package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.limit.RefusalReason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Calls that were not run, by reason and class. Thread-safe. */
final class RefusalCounts {
  private static final RefusalReason[] REASONS = RefusalReason.values();
  private static final Criticality[] CLASSES = Criticality.values();

  private static final int DEFAULT = Criticality.CRITICAL.ordinal();

  private final LongAdder[] counts =
      IntStream.range(0, REASONS.length * CLASSES.length)
          .mapToObj(i -> new LongAdder())
          .toArray(LongAdder[]::new);

  void count(RefusalReason reason, Criticality criticality) {
    counts[reason.ordinal() * CLASSES.length + criticality.ordinal()].increment();
  }

  long sum() {
    long sum = 0;
    for (LongAdder count : counts) {
      sum += count.sum();
    }
    return sum;
  }

  /** One for each pair that has occurred, and for each reason with the default class. */
  List<Gauges.Sample> samples(String name) {
    return IntStream.range(0, counts.length)
        .filter(i -> i % CLASSES.length == DEFAULT || counts[i].sum() > 0)
        .mapToObj(i -> sample(name, i))
        .toList();
  }

  private Gauges.Sample sample(String name, int index) {
    Map<String, String> attributes =
        Map.of(
            "reason", REASONS[index / CLASSES.length].label(),
            "criticality", CLASSES[index % CLASSES.length].label());
    return new Gauges.Sample(name, counts[index].sum(), attributes, true);
  }
}
