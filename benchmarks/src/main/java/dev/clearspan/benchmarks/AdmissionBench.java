package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.limit.FixedLimit;
import dev.clearspan.rpc.limit.FixedLimits;
import dev.clearspan.rpc.limit.LimitSettings;
import dev.clearspan.rpc.limit.OverloadControl;
import dev.clearspan.rpc.server.CallGate;
import dev.clearspan.rpc.server.CallerRules;
import dev.clearspan.rpc.server.MethodTable;
import dev.clearspan.rpc.server.Place;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code bench admission}: nanoseconds that a server's limits cost a call, from admission to its
 * end, as they are by default; while the queue is measured; and with a fixed limit.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmissionBench {
  private static final String METHOD = "bench.Echo/Echo";
  private static final long TICK_NANOS = 10_000;
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  private final CallGate gate = new CallGate(10_000, Ticker.SYSTEM);
  private final ServedMethod<?, ?> method = method();
  private final OverloadControl calm = new OverloadControl(LimitSettings.DEFAULT, () -> {});
  private final OverloadControl engaged = new OverloadControl(LimitSettings.DEFAULT, () -> {});
  private final FixedLimits fixed =
      FixedLimits.NONE.replacedBy(
          List.of(new FixedLimit(FixedLimit.EACH, 1_000_000, 1_000_000, 100)), Map.of());
  private long now;

  /** Runs JMH with its own options; {@code -prof gc} shows that nothing is allocated. */
  public static void main(String[] args) throws Exception {
    String[] all = new String[args.length + 1];
    all[0] = AdmissionBench.class.getSimpleName();
    System.arraycopy(args, 0, all, 1, args.length);
    org.openjdk.jmh.Main.main(all);
  }

  /** Default settings, no call waits. */
  @Benchmark
  public boolean byDefault() {
    return pass(calm, 0);
  }

  /** The same while one call in a while waits, so that all are counted. */
  @Benchmark
  public boolean whileMeasured() {
    return pass(engaged, LATE_NANOS);
  }

  /** A rate and a concurrency for each caller. */
  @Benchmark
  public boolean fixedLimit() {
    now += TICK_NANOS;
    FixedLimits.Outcome outcome = fixed.take(METHOD, "storefront", now);
    if (outcome instanceof FixedLimits.Taken taken) {
      taken.end();
      return true;
    }
    return false;
  }

  private boolean pass(OverloadControl control, long waited) {
    now += TICK_NANOS;
    if (gate.admit(method, Criticality.CRITICAL, "storefront", null) instanceof Place place) {
      control.started(now - waited, now, 1);
      boolean inTime = waited <= control.longestWaitNanos(Criticality.CRITICAL);
      control.answered(1_000, now);
      place.leave();
      return inTime && control.mostInFlight(Criticality.CRITICAL) > 0;
    }
    return false;
  }

  private static ServedMethod<?, ?> method() {
    ProtobufCodec<Ball> codec = ProtobufCodec.of(Ball.getDefaultInstance());
    MethodSpec<Ball, Ball> spec = new MethodSpec<>(METHOD, MethodKind.QUERY, true, codec, codec);
    ServiceDefinition service =
        new ServiceDefinition(
            "bench.Echo", List.of(BoundMethod.unary(spec, request -> request)), null);
    return Objects.requireNonNull(
        new MethodTable(List.of(service), List.of(), name -> false, new CallerRules())
            .find(METHOD));
  }
}
