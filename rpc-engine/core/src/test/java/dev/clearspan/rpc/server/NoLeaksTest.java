package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The leak check can fail. */
class NoLeaksTest {
  @Test
  void aForgottenBufferIsReported() {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    forget();

    List<String> found = new ArrayList<>();
    await().until(() -> found.addAll(NoLeaks.take()) || !found.isEmpty());

    assertThat(found.get(0)).contains("release() was not called");
  }

  private static void forget() {
    ByteBufAllocator.DEFAULT.directBuffer(64).writeInt(1);
  }
}
