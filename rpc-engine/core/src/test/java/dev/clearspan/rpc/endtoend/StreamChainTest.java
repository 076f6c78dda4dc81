package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.StreamSender;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A caller, two relays and a leaf: who gives up at one end is heard at the other. */
class StreamChainTest {
  private static final MethodSpec<String, String> RELAY =
      StreamService.method("Relay", MethodShape.BIDI_STREAMING);
  private static final long TWENTY_MILLIS = 20_000_000L;

  private final StreamService leaf = new StreamService();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private RpcChannel channel;

  @BeforeEach
  void start() {
    RpcServer last = opened(RpcServer.builder("relay").service(leaf).start());
    RpcServer second = relayTo(last, StreamService.WAIT);
    RpcServer first = relayTo(second, RELAY);
    channel = opened(channelTo(first));
  }

  @AfterEach
  void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void cancellingReachesTheLeaf() {
    StreamSender<String> sender = channel.open(RELAY, CallOptions.DEFAULT, new Heard<>());
    await().until(() -> leaf.begun.get() == 1);

    sender.cancel("enough");

    await().until(() -> leaf.cancelled.get() == 1);
  }

  @Test
  @Tag("full")
  void theLeafHearsOfItWithinTwentyMilliseconds() {
    long fastest = Long.MAX_VALUE;
    for (int i = 1; i <= 20; i++) {
      int round = i;
      StreamSender<String> sender = channel.open(RELAY, CallOptions.DEFAULT, new Heard<>());
      await().until(() -> leaf.begun.get() == round);
      long start = System.nanoTime();
      sender.cancel("enough");
      while (leaf.cancelled.get() < round) {
        Thread.onSpinWait();
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
      }
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    assertThat(fastest).isLessThan(TWENTY_MILLIS);
  }

  @Test
  void theCallersDeadlineHoldsForTheLeaf() {
    try (RpcStream<String, String> stream =
        channel.open(RELAY, CallOptions.DEFAULT.withDeadline(java.time.Duration.ofMillis(400)))) {
      await().until(() -> leaf.begun.get() == 1);
      await().until(() -> leaf.cancelled.get() == 1);
    }
  }

  private RpcServer relayTo(RpcServer next, MethodSpec<String, String> method) {
    RpcChannel toNext = opened(channelTo(next));
    ServiceDefinition relay =
        new ServiceDefinition(
            "test.Streams",
            List.of(
                BoundMethod.stream(
                    RELAY,
                    stream -> {
                      try (RpcStream<String, String> onward =
                          toNext.open(method, CallOptions.DEFAULT)) {
                        String unused = onward.receive();
                      }
                    })),
            null);
    return opened(RpcServer.builder("relay").service(() -> relay).start());
  }

  private static RpcChannel channelTo(RpcServer server) {
    return RpcChannel.builder("relay").target("127.0.0.1", server.port()).build();
  }

  private <T extends AutoCloseable> T opened(T thing) {
    opened.push(thing);
    return thing;
  }
}
