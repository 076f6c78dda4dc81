package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole path at full speed: each reply matches its request and comes once, nothing leaks (the
 * module's tests run with leak detection PARANOID and fail on a report), the heap stays flat.
 */
class LoadPathTest {
  private static final int IN_FLIGHT = 256;
  private static final long FLAT_BYTES = 8L << 20;

  @Test
  void aHundredThousandCalls() throws Exception {
    run(100_000);
  }

  @Test
  @Tag("full")
  void aMillionCalls() throws Exception {
    run(1_000_000);
  }

  private static void run(int calls) throws Exception {
    CounterService service = new CounterService();
    try (RpcServer server = RpcServer.builder("counter").service(service).start();
        RpcChannel channel =
            RpcChannel.builder("counter").target("127.0.0.1", server.port()).build()) {
      CallerLoad load = new CallerLoad(channel, CounterService.ECHO, calls, IN_FLIGHT);
      int warm = calls / 10;
      load.run(0, warm);
      load.finish();
      long before = usedHeap();
      load.run(warm, calls);
      load.finish();
      long growth = usedHeap() - before;

      assertThat(load.failures()).isEmpty();
      assertThat(load.lostOrDoubled()).isZero();
      assertThat(load.mismatches()).isZero();
      assertThat(service.handled.get()).isGreaterThanOrEqualTo(calls);
      assertThat(growth).as("heap growth in bytes").isLessThan(FLAT_BYTES);
      assertThat(server.inFlight()).isZero();
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
