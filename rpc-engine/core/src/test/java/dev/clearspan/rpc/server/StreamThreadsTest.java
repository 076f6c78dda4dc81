package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A stream's handler has a thread of its own, as long as there are any. */
class StreamThreadsTest {
  @Test
  void aPoolThatIsFullSaysSo() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    try (StreamThreads threads = StreamThreads.pool(2)) {
      Runnable handler =
          () -> {
            begun.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          };
      assertThat(threads.start(handler)).isTrue();
      assertThat(threads.start(handler)).isTrue();
      assertThat(threads.start(handler)).isFalse();
      await().until(() -> begun.getCount() == 0);

      release.countDown();
      await().until(() -> threads.start(() -> {}));
    }
  }
}
