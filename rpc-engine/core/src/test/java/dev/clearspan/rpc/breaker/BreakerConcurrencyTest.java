package dev.clearspan.rpc.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.breaker.BreakerView.Name;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.time.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BreakerConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 300;

  private final FakeClock clock = new FakeClock();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<String> transitions = new CopyOnWriteArrayList<>();
  private final SlidingWindowBreaker breaker =
      new SlidingWindowBreaker(
          BreakerSettings.DEFAULT,
          clock.nanos(),
          new Random(1),
          change -> transitions.add(change.from() + "->" + change.to()));

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void manyThreadsOpenItOnceAndOneOfThemProbes() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      transitions.clear();
      together(
          () -> {
            Permit permit = breaker.acquire(clock.nanos());
            if (permit != null) {
              permit.failed(clock.nanos(), Permit.UNTIMED, "UNAVAILABLE");
            }
          });
      assertThat(transitions).containsExactly("CLOSED->OPEN");

      clock.advance(Duration.ofSeconds(7));
      for (int probe = 0; probe < 3; probe++) {
        assertThat(probesAdmittedTogether()).isEqualTo(1);
      }
      assertThat(breaker.computed().state()).isEqualTo(Name.CLOSED);
    }
  }

  private int probesAdmittedTogether() throws Exception {
    AtomicInteger admitted = new AtomicInteger();
    List<Permit> permits = new CopyOnWriteArrayList<>();
    together(
        () -> {
          Permit permit = breaker.acquire(clock.nanos());
          if (permit != null) {
            admitted.incrementAndGet();
            permits.add(permit);
          }
        });
    permits.forEach(permit -> permit.succeeded(clock.nanos(), Permit.UNTIMED));
    return admitted.get();
  }

  private void together(Runnable action) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<?>> running =
        IntStream.range(0, THREADS)
            .<Future<?>>mapToObj(
                i ->
                    threads.submit(
                        () -> {
                          start.await();
                          action.run();
                          return null;
                        }))
            .toList();
    for (Future<?> future : running) {
      future.get();
    }
  }
}
