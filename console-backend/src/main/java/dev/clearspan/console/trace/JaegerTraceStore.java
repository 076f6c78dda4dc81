package dev.clearspan.console.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.clearspan.console.intake.SpanGroup;
import dev.clearspan.console.remote.RemoteException;
import dev.clearspan.console.remote.RemoteJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Traces that a Jaeger keeps, or whatever speaks its query API. What is sent to this console itself
 * is kept by a store of its own, such as the calls that people make on its pages: a trace that is
 * opened shows both together. Thread-safe, except that {@link #append} has one caller.
 */
public final class JaegerTraceStore implements TraceStore {
  private static final long SETTLE_MICROS = 3_000_000;
  private static final int MAX_FAILURES = 1_000;

  /** Pages ask for failures every few seconds, and an answer takes many questions to Jaeger. */
  private static final Duration FAILURES_FRESH = Duration.ofSeconds(10);

  private final RemoteJson jaeger;
  private final TraceStore own;
  private final InstantSource clock;
  private volatile @Nullable Failures known;

  private record Failures(Instant at, List<Failure> newest) {}

  /** Asks that server; the store for what comes to the console is closed with it. */
  public JaegerTraceStore(RemoteJson jaeger, TraceStore own, InstantSource clock) {
    this.jaeger = jaeger;
    this.own = own;
    this.clock = clock;
  }

  @Override
  public void append(List<SpanGroup> spans) {
    own.append(spans);
  }

  @Override
  public TraceSearch search(TraceQuery query) {
    return answered(
        () -> {
          JaegerSearch search = new JaegerSearch(jaeger, query, clock);
          search.run();
          List<TraceAssembly> listed = search.listed(nowMicros(), SETTLE_MICROS);
          return new TraceSearch(
              listed.stream()
                  .limit(query.limit())
                  .map(trace -> trace.summary(nowMicros(), SETTLE_MICROS))
                  .toList(),
              search.wasCut() || listed.size() > query.limit());
        });
  }

  @Override
  public Optional<Trace> find(TraceId id) {
    Optional<Trace> here = own.find(id);
    TraceAssembly found = stored(id, here.isPresent());
    for (TraceSpan span : here.map(Trace::spans).orElse(List.of())) {
      found.add(read(here.orElseThrow(), span));
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.trace());
  }

  /** What Jaeger has; without an answer nothing, as a part that is missing, if there are others. */
  private TraceAssembly stored(TraceId id, boolean hasOthers) {
    try {
      JsonNode trace =
          jaeger
              .find("/api/traces/" + id)
              .map(answer -> answer.at("/data/0"))
              .orElseGet(MissingNode::getInstance);
      return JaegerSpans.assembly(id, trace);
    } catch (RemoteException e) {
      if (!hasOthers) {
        throw new TraceStoreException(String.valueOf(e.getMessage()), e);
      }
      TraceAssembly nothing = new TraceAssembly(id);
      nothing.missesFragment();
      return nothing;
    }
  }

  /** Those of the newest failed traces, asked for every 10 s at most. */
  @Override
  public List<Failure> failures(int limit) {
    Failures last = known;
    if (last == null || clock.instant().isAfter(last.at().plus(FAILURES_FRESH))) {
      last = new Failures(clock.instant(), failures());
      known = last;
    }
    return last.newest().stream().limit(limit).toList();
  }

  private List<Failure> failures() {
    TraceQuery failed =
        TraceQuery.NEWEST
            .withStatus(TraceQuery.StatusFilter.ERROR)
            .withLimit(JaegerSearch.MAX_TRACES);
    Map<TraceId, TraceAssembly> traces =
        answered(() -> new JaegerSearch(jaeger, failed, clock).run());
    List<Failure> failures = new ArrayList<>();
    traces.forEach(
        (id, trace) ->
            trace
                .spans()
                .forEach(
                    span -> {
                      if (span.isFailedCall()) {
                        failures.add(FailureLog.failure(id, span));
                      }
                    }));
    return failures.stream()
        .sorted(Comparator.comparing(Failure::at).reversed())
        .limit(MAX_FAILURES)
        .toList();
  }

  /** That of the console's own store: Jaeger tells neither how much it keeps nor for how long. */
  @Override
  public TraceStoreState state() {
    return own.state();
  }

  @Override
  public Description description() {
    return new Description(
        "jaeger",
        jaeger.config().toString(),
        List.of(
            "Jaeger does not tell how long and how much it keeps, so a trace that it does not have"
                + " may be gone, or never have come.",
            "A search without a start looks back "
                + JaegerSearch.LOOKBACK.toHours()
                + " hours, asks about "
                + JaegerSearch.MAX_SERVICES
                + " services at most and for "
                + JaegerSearch.MAX_TRACES
                + " traces of each; which of more than that it answers, Jaeger chooses.",
            "Links between traces are not shown.",
            "Spans that are sent to this console are kept by it, and shown when their trace is"
                + " opened; no search finds a trace that Jaeger does not have."));
  }

  @Override
  public void close() {
    own.close();
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  private static ReadSpan read(Trace trace, TraceSpan span) {
    long start = trace.startEpochMicros() + span.startOffsetMicros();
    return new ReadSpan(
        span.spanId(),
        span.parentSpanId(),
        span.service(),
        span.instance(),
        span.name(),
        span.kind(),
        start,
        start + span.durationMicros(),
        span.statusCode(),
        span.statusMessage(),
        span.attributes(),
        span.events().stream()
            .map(
                event ->
                    new TraceSpan.Event(
                        event.name(),
                        trace.startEpochMicros() + event.offsetMicros(),
                        event.attributes()))
            .toList());
  }

  private static <T> T answered(Supplier<T> asking) {
    try {
      return asking.get();
    } catch (RemoteException e) {
      throw new TraceStoreException(String.valueOf(e.getMessage()), e);
    }
  }
}
