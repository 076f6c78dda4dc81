package dev.clearspan.benchmarks;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.tracing.internal.lane.Lane;
import dev.clearspan.tracing.internal.lane.Lanes;
import dev.clearspan.tracing.internal.metric.CallMetrics;
import dev.clearspan.tracing.internal.metric.ClientSeries;
import dev.clearspan.tracing.internal.metric.LaneMetrics;
import dev.clearspan.tracing.internal.metric.SeriesTable;
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
 * {@code bench lanes}: nanoseconds to count one call of one method, lane taken and given back, by
 * one thread and by two at the same time. If the two shared a cache line that they write, each
 * would take several times as long.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LaneBench {
  private final SeriesTable table = new SeriesTable();
  private final Lanes<LaneMetrics> lanes = new Lanes<>(() -> new LaneMetrics(table));
  private final ClientSeries series = new CallMetrics(table).called("bench.Echo/Echo", "echo");
  private final CallRecord call = new Ended();

  /** Runs JMH with its own options; {@code -prof gc} shows that nothing is allocated. */
  public static void main(String[] args) throws Exception {
    String[] all = new String[args.length + 1];
    all[0] = LaneBench.class.getSimpleName();
    System.arraycopy(args, 0, all, 1, args.length);
    org.openjdk.jmh.Main.main(all);
  }

  /** One loop. */
  @Benchmark
  @Threads(1)
  public int oneThread() {
    return count();
  }

  /** Two loops, the same method. */
  @Benchmark
  @Threads(2)
  public int twoThreads() {
    return count();
  }

  private int count() {
    Lane<LaneMetrics> lane = lanes.take();
    try {
      return series.callEnded(lane.content(), call, 0);
    } finally {
      lane.giveBack();
    }
  }

  private record Ended() implements CallRecord {
    @Override
    public Status status() {
      return Status.OK;
    }

    @Override
    public @Nullable String errorType() {
      return null;
    }

    @Override
    public int attempts() {
      return 1;
    }

    @Override
    public long startNanos() {
      return 0;
    }

    @Override
    public long endNanos() {
      return 150_000;
    }
  }
}
