package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each call is run once, by somebody, even if others block. */
class DispatcherTest {
  private final Dispatcher dispatcher = Dispatcher.create();

  private final AtomicInteger sent = new AtomicInteger();
  private final Chunk.Replies replies =
      new Chunk.Replies() {
        @Override
        public void hold() {}

        @Override
        public void release() {}

        @Override
        public void send() {
          sent.incrementAndGet();
        }
      };

  @AfterEach
  void stop() {
    dispatcher.close();
  }

  @Test
  void everyCallRunsExactlyOnce() {
    int chunks = 2000;
    AtomicIntegerArray runs = new AtomicIntegerArray(chunks * Chunk.MOST);
    AtomicInteger done = new AtomicInteger();
    for (int c = 0; c < chunks; c++) {
      Chunk chunk = new Chunk(replies);
      for (int i = 0; i < Chunk.MOST; i++) {
        int id = c * Chunk.MOST + i;
        chunk.add(
            task(
                () -> {
                  runs.incrementAndGet(id);
                  done.incrementAndGet();
                }));
      }
      assertThat(dispatcher.dispatch(chunk)).isTrue();
    }
    await().until(() -> done.get() == runs.length());
    for (int i = 0; i < runs.length(); i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  @Test
  void aBlockedCallDoesNotHoldUpTheRestOfItsChunk() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger after = new AtomicInteger();
    Chunk chunk = new Chunk(replies);
    chunk.add(task(() -> awaitQuietly(release)));
    for (int i = 1; i < Chunk.MOST; i++) {
      chunk.add(task(after::incrementAndGet));
    }
    dispatcher.dispatch(chunk);

    await().until(() -> after.get() == Chunk.MOST - 1);
    assertThat(sent).hasPositiveValue();
    release.countDown();
  }

  @Test
  void manyBlockedCallsDoNotHoldUpOneMore() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger blocked = new AtomicInteger();
    AtomicInteger after = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      Chunk chunk = new Chunk(replies);
      chunk.add(
          task(
              () -> {
                blocked.incrementAndGet();
                awaitQuietly(release);
              }));
      dispatcher.dispatch(chunk);
    }
    await().until(() -> blocked.get() == 100);
    Chunk last = new Chunk(replies);
    last.add(task(after::incrementAndGet));
    dispatcher.dispatch(last);

    await().until(() -> after.get() == 1);
    release.countDown();
  }

  @Test
  void aFullPoolSaysSo() {
    PoolDispatcher pool = new PoolDispatcher();
    CountDownLatch release = new CountDownLatch(1);
    int most = PoolDispatcher.MOST_WORKERS + WorkQueue.MOST + 1;
    int taken = 0;
    for (int i = 0; i < most && dispatched(pool, release); i++) {
      taken++;
    }
    assertThat(taken).isBetween(WorkQueue.MOST, most - 1);
    assertThat(pool.workers()).isLessThanOrEqualTo(PoolDispatcher.MOST_WORKERS);
    release.countDown();
    await().until(() -> pool.queued() == 0);
    pool.close();
  }

  private boolean dispatched(PoolDispatcher pool, CountDownLatch release) {
    Chunk chunk = new Chunk(replies);
    chunk.add(task(() -> awaitQuietly(release)));
    return pool.dispatch(chunk);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Chunk.Task task(Runnable action) {
    return new Chunk.Task() {
      @Override
      public void run() {
        action.run();
      }

      @Override
      public void refuse(String reason) {
        throw new AssertionError(reason);
      }
    };
  }
}
