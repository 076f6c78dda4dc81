package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.PEER;
import static dev.clearspan.tracing.Shop.PLACE;
import static dev.clearspan.tracing.Shop.attempt;
import static dev.clearspan.tracing.Shop.call;
import static dev.clearspan.tracing.Shop.served;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.CallLedger.Attempt;
import dev.clearspan.rpc.ledger.CallLedger.ClientCall;
import dev.clearspan.rpc.ledger.CallLedger.Scope;
import dev.clearspan.rpc.ledger.CallLedger.ServedCall;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.PlainLedger;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What recording adds to a call that goes well and is not kept. */
@Tag("full")
final class RecorderCostTest {
  private static final int WARM_UP = 200_000;
  private static final int CALLS = 100_000;
  private static final AttemptRecord ATTEMPT = attempt(1, AttemptKind.FIRST, Status.OK);
  private static final CallRecord CALL = call(1, Status.OK);
  private static final ServedRecord SERVED = served(Status.OK);
  private static final TraceContext REMOTE = new TraceContext(1, 2, 3, (byte) 2, (byte) 0);

  private final CallLedger plain = new PlainLedger();
  private final CallLedger recording =
      TracingLedger.open(
          ProcessIdentity.of("orders"),
          TelemetrySettings.from(
              Map.of(
                      "OTEL_SDK_DISABLED", "true",
                      "CLEARSPAN_TRACE_SAMPLE_RATE", "0")
                  ::get));

  /** Where the engine would hold it: what the compiler finds to be unused, it does not allocate. */
  private volatile Object escaped = "";

  @AfterEach
  void close() {
    assertThat(escaped).isNotNull();
    recording.close();
  }

  @Test
  void aClientCallAllocatesAtMost32BytesMoreThanWithoutTelemetry() {
    long added =
        bytesPerCall(recording, ledger -> escaped = makeCall(ledger))
            - bytesPerCall(plain, ledger -> escaped = makeCall(ledger));
    System.out.println("client: " + added + " B added");
    assertThat(added).isLessThanOrEqualTo(32);
  }

  @Test
  void aServedCallAllocatesAtMost160BytesMoreThanWithoutTelemetry() {
    long added = bytesPerCall(recording, this::serveCall) - bytesPerCall(plain, this::serveCall);
    System.out.println("served: " + added + " B added");
    assertThat(added).isLessThanOrEqualTo(160);
  }

  @Test
  void twoThreadsRecordAsFastAsOne() throws Exception {
    nanosPerCall(1);
    nanosPerCall(2);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      double one = nanosPerCall(1);
      double two = nanosPerCall(2);
      System.out.printf("1 thread: %.0f ns, 2 threads: %.0f ns%n", one, two);
      best = Math.min(best, two / one);
    }
    assertThat(best).isLessThanOrEqualTo(1.2);
  }

  private static ClientCall makeCall(CallLedger ledger) {
    ClientCall call = ledger.beginCall(PLACE, "orders");
    Attempt attempt = call.beginAttempt(1, AttemptKind.FIRST);
    attempt.end(ATTEMPT, false);
    call.end(CALL);
    return call;
  }

  private void serveCall(CallLedger ledger) {
    ServedCall call = ledger.beginServed(PLACE.fullName(), REMOTE, "storefront", PEER);
    try (Scope scope = call.makeCurrent(Metadata.EMPTY)) {
      escaped = scope;
    }
    call.end(SERVED);
    escaped = call;
  }

  private static long bytesPerCall(CallLedger ledger, Consumer<CallLedger> once) {
    for (int i = 0; i < WARM_UP; i++) {
      once.accept(ledger);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < CALLS; i++) {
      once.accept(ledger);
    }
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    return Math.round((double) (after - before) / CALLS);
  }

  private double nanosPerCall(int threads) throws Exception {
    CyclicBarrier together = new CyclicBarrier(threads);
    AtomicLong nanos = new AtomicLong();
    Thread[] workers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] =
          new Thread(
              () -> {
                try {
                  together.await();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                long begin = System.nanoTime();
                long hashes = 0;
                for (int each = 0; each < WARM_UP; each++) {
                  hashes += makeCall(recording).hashCode();
                }
                nanos.addAndGet(System.nanoTime() - begin);
                escaped = hashes; // once: the threads share no line that they write
              });
      workers[i].start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return (double) nanos.get() / threads / WARM_UP;
  }
}
