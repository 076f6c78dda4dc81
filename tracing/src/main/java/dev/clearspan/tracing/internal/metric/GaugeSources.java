package dev.clearspan.tracing.internal.metric;

import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registered sources of state. Two samples with the same name and attributes, from two channels
 * to one service, become one series: totals add up, of states the largest counts. Thread-safe.
 */
public final class GaugeSources implements Gauges {
  private static final Logger LOG = LoggerFactory.getLogger(GaugeSources.class);

  /** Samples per reading; more are cut off, with a log line. */
  private static final int SAMPLE_LIMIT = 10_000;

  private final List<Source> sources = new CopyOnWriteArrayList<>();

  @Override
  public AutoCloseable register(Source source) {
    sources.add(source);
    return () -> sources.remove(source);
  }

  List<Reading.Numbers> read() {
    Map<String, Reading.Numbers> byName = new LinkedHashMap<>();
    samples()
        .forEach(
            sample ->
                byName
                    .computeIfAbsent(sample.name(), name -> numbers(sample))
                    .points()
                    .merge(
                        attributesOf(sample),
                        sample.value(),
                        sample.monotonic() ? Double::sum : Math::max));
    return List.copyOf(byName.values());
  }

  private List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (Source source : sources) {
      samples.addAll(readOne(source));
    }
    if (samples.size() > SAMPLE_LIMIT) {
      LOG.warn("state samples: {} (expected: <= {}); cut off", samples.size(), SAMPLE_LIMIT);
      return samples.subList(0, SAMPLE_LIMIT);
    }
    return samples;
  }

  private static List<Sample> readOne(Source source) {
    try {
      return source.read();
    } catch (RuntimeException e) {
      LOG.warn("state source {} failed; its metrics are missing from this reading", source, e);
      return List.of();
    }
  }

  private static Reading.Numbers numbers(Sample sample) {
    Reading.Kind kind = sample.monotonic() ? Reading.Kind.COUNTER : Reading.Kind.GAUGE;
    return new Reading.Numbers(TelemetryNames.gauged(sample.name()), kind, new LinkedHashMap<>());
  }

  private static Attributes attributesOf(Sample sample) {
    AttributesBuilder attributes = Attributes.builder();
    sample.attributes().forEach(attributes::put);
    return attributes.build();
  }
}
