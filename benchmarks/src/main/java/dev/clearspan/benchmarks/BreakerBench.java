package dev.clearspan.benchmarks;

import dev.clearspan.rpc.breaker.BreakerSettings;
import dev.clearspan.rpc.breaker.CircuitBreaker;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.breaker.SlidingWindowBreaker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code bench breaker}: nanoseconds that a call spends at a closed breaker. {@code check} is what
 * comes before the call, {@code whole} counts its outcome, too; the reading of the clock, which a
 * call has anyway, is measured alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BreakerBench {
  private final CircuitBreaker breaker =
      new SlidingWindowBreaker(
          BreakerSettings.DEFAULT.withSlowCalls(Duration.ofSeconds(1), 0.5),
          System.nanoTime(),
          () -> ThreadLocalRandom.current().nextLong(),
          change -> {});

  /** Runs JMH with its own options; {@code -prof gc} shows that nothing is allocated. */
  public static void main(String[] args) throws Exception {
    String[] all = new String[args.length + 1];
    all[0] = BreakerBench.class.getSimpleName();
    System.arraycopy(args, 0, all, 1, args.length);
    org.openjdk.jmh.Main.main(all);
  }

  /** The clock alone. */
  @Benchmark
  public long clock() {
    return System.nanoTime();
  }

  /** Before the call, by one thread. */
  @Benchmark
  public @Nullable Permit check() {
    return admit(System.nanoTime());
  }

  /** Before the call and after it, by one thread. */
  @Benchmark
  public Permit whole() {
    return call();
  }

  /** The same of one breaker, by two threads at once. */
  @Benchmark
  @Threads(2)
  public Permit wholeByTwo() {
    return call();
  }

  private Permit call() {
    long now = System.nanoTime();
    Permit permit = Objects.requireNonNull(admit(now));
    permit.succeeded(now, 150_000);
    return permit;
  }

  private @Nullable Permit admit(long now) {
    return breaker.permits(now) ? breaker.acquire(now) : null;
  }
}
