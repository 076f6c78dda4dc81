package dev.clearspan.console.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Ledgers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every call is traced and sent to a console that takes the spans or, every other time, cannot. */
@Tag("full")
class FullQueueIT {
  private static final int CALLS_PER_SECOND = 2_000;
  private static final int CELL_CALLS = 2 * CALLS_PER_SECOND;
  private static final int WARM_UP_CELLS = 4;
  private static final int CELLS = 24;
  private static final double MOST_RATIO = 1.2;
  private static final long MARGIN_NANOS = 1_000_000;
  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
  private static final String SAMPLE_RATE = "clearspan.trace.sample.rate";
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(30));
  private static final ProtobufCodec<StringValue> TEXT =
      ProtobufCodec.of(StringValue.getDefaultInstance());
  private static final MethodSpec<StringValue, StringValue> PLACE =
      new MethodSpec<>("shop/Place", MethodKind.WRITE, false, TEXT, TEXT);

  private final FakeSink sink = new FakeSink();
  private final LongAdder failed = new LongAdder();

  /** Times from when a call was due to its answer, which costs what waits before it. */
  private record Cell(long median, long p99) {}

  @Test
  void isAnsweredWith429_andCallsDoNotNotice() {
    try (OtlpReceiver receiver =
            OtlpReceiver.start(
                IntakeConfig.DEFAULT.withPort(0).withGrpcPort(-1),
                sink,
                metrics -> new MetricSink.Outcome(0, 0, ""));
        CallLedger ofOrders = ledger("orders", receiver.port());
        CallLedger ofStorefront = ledger("storefront", receiver.port());
        RpcServer orders =
            RpcServer.builder("orders")
                .port(0)
                .ledger(ofOrders)
                .service(
                    () ->
                        new ServiceDefinition(
                            "shop", List.of(BoundMethod.unary(PLACE, order -> order)), null))
                .start();
        RpcChannel channel =
            RpcChannel.builder("orders")
                .target("127.0.0.1", orders.port())
                .ledger(ofStorefront)
                .build()) {
      List<Cell> free = new ArrayList<>();
      List<Cell> full = new ArrayList<>();
      for (int cell = -WARM_UP_CELLS; cell < CELLS; cell++) {
        boolean isFull = cell % 4 == 0 || cell % 4 == 3; // full, free, free, full
        sink.full.set(isFull);
        sink.batches.clear();
        long refusedBefore = receiver.state().rejectedRequests();
        Cell seen = cell(channel);
        long refused = receiver.state().rejectedRequests() - refusedBefore;
        System.out.printf(
            "%s: median %,d us, p99 %,d us; %d requests answered with 429%n",
            isFull ? "full" : "free", seen.median() / 1_000, seen.p99() / 1_000, refused);
        if (cell >= 0) {
          (isFull ? full : free).add(seen);
        }
        if (isFull) {
          assertThat(refused).isPositive();
        }
      }
      assertThat(failed.sum()).isZero();
      assertNotSlower("median", free, full, Cell::median);
      assertNotSlower("p99", free, full, Cell::p99);
    }
  }

  private static CallLedger ledger(String service, int port) {
    try {
      System.setProperty(ENDPOINT, "http://127.0.0.1:" + port);
      System.setProperty(SAMPLE_RATE, "1");
      return Ledgers.of(ProcessIdentity.of(service));
    } finally {
      System.clearProperty(ENDPOINT);
      System.clearProperty(SAMPLE_RATE);
    }
  }

  private Cell cell(RpcChannel channel) {
    long[] nanos = new long[CELL_CALLS];
    Semaphore ended = new Semaphore(0);
    long begin = System.nanoTime();
    for (int n = 0; n < CELL_CALLS; n++) {
      int call = n;
      long due = begin + n * (1_000_000_000L / CALLS_PER_SECOND);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      channel
          .callAsync(PLACE, StringValue.of("order"), PATIENT)
          .whenComplete(
              (answer, failure) -> {
                nanos[call] = System.nanoTime() - due;
                if (failure != null) {
                  failed.increment();
                }
                ended.release();
              });
    }
    ended.acquireUninterruptibly(CELL_CALLS);
    Arrays.sort(nanos);
    return new Cell(nanos[CELL_CALLS / 2], nanos[CELL_CALLS * 99 / 100]);
  }

  private static void assertNotSlower(
      String what, List<Cell> free, List<Cell> full, ToLongFunction<Cell> figure) {
    long ofFree = median(free, figure);
    long ofFull = median(full, figure);
    System.out.printf(
        "%s: %,d us with a full queue, %,d us without%n", what, ofFull / 1_000, ofFree / 1_000);
    assertThat(ofFull)
        .as(what + ", ns")
        .isLessThanOrEqualTo((long) (MOST_RATIO * ofFree) + MARGIN_NANOS);
  }

  private static long median(List<Cell> cells, ToLongFunction<Cell> figure) {
    return cells.stream().mapToLong(figure).sorted().toArray()[cells.size() / 2];
  }
}
