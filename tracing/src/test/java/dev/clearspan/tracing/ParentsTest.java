package dev.clearspan.tracing;

import static dev.clearspan.tracing.Hops.method;
import static dev.clearspan.tracing.Hops.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.tracing.testing.CollectorFixture;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Calls interleaved on shared loops: none has another's parent, whoever makes it.
 *
 * <pre>
 * front ─> gate ─┬─> relay ─> leaf     both on their loops
 *                ├─> leaf              at the same time
 *                └─> leaf              by the thread that hears relay's answer
 * </pre>
 */
@Tag("full")
final class ParentsTest {
  private static final int CALLS_OF_ROOT = 5;
  private static final int ROOTS = 1_000_000 / CALLS_OF_ROOT;
  private static final int SPANS_OF_ROOT = 2 * CALLS_OF_ROOT;
  private static final int AT_ONCE = 64;
  private static final String HEAD_RATE = "0.02";
  private static final int FEWEST_TRACES = ROOTS / 100;
  private static final String LEAF = "leaf";
  private static final String RELAY = "relay";
  private static final String GATE = "gate";

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  private final Paths paths = new Paths();
  private final LongAdder failed = new LongAdder();
  private int twice;

  @Test
  void noneOfAMillionInterleavedCallsHasAnothersParent() throws Exception {
    try (Hops hops = new Hops(collector, Protocol.CLEARSPAN, HEAD_RATE)) {
      RpcChannel gate = gate(hops);
      for (TracingLedger ledger : hops.ledgers()) {
        List.of(LEAF, RELAY, GATE).forEach(service -> ledger.telemetry(service, Paths.KEPT));
      }
      callAll(gate);
      hops.ledgers().forEach(TracingLedger::close);
    }
    take();

    List<String> wrong = paths.wrong();
    System.out.printf(
        "%d calls: %d spans looked at, %d with a wrong parent%n",
        ROOTS * CALLS_OF_ROOT, paths.size(), wrong.size());
    assertThat(failed.sum()).as("failed calls").isZero();
    assertThat(twice).as("spans of one path and kind, beyond the first").isZero();
    assertThat(wrong).as("spans with a wrong parent").isEmpty();
    assertThat(paths.size()).isGreaterThan(FEWEST_TRACES * SPANS_OF_ROOT);
    assertThat(paths.size() % SPANS_OF_ROOT).as("spans of traces that are not whole").isZero();
  }

  private void callAll(RpcChannel gate) throws InterruptedException {
    Semaphore places = new Semaphore(AT_ONCE);
    for (int root = 0; root < ROOTS; root++) {
      places.acquire();
      call(gate, GATE, Integer.toString(root))
          .whenComplete(
              (answer, failure) -> {
                if (failure != null) {
                  failed.increment();
                }
                places.release();
              });
      if (root % 1_000 == 0) {
        take();
      }
    }
    places.acquire(AT_ONCE);
  }

  private void take() {
    collector.takeAllSpans().forEach(span -> twice += paths.add(span) ? 0 : 1);
  }

  private static RpcChannel gate(Hops hops) {
    RpcServer leaf = hops.serve(LEAF, hops.ledger(LEAF), path -> path);
    TracingLedger ofRelay = hops.ledger(RELAY);
    RpcChannel relayToLeaf = hops.channel(LEAF, leaf, ofRelay);
    RpcServer relay =
        hops.serve(
            RELAY,
            ofRelay,
            BoundMethod.async(
                method(RELAY), (call, replies) -> new Relaying(relayToLeaf, replies)));
    TracingLedger ofGate = hops.ledger(GATE);
    RpcChannel toRelay = hops.channel(RELAY, relay, ofGate);
    RpcChannel toLeaf = hops.channel(LEAF, leaf, ofGate);
    RpcServer gate =
        hops.serve(GATE, ofGate, path -> passThrough(toRelay, toLeaf, path.getValue()));
    return hops.channel(GATE, gate, hops.ledger("front"));
  }

  private static StringValue passThrough(RpcChannel toRelay, RpcChannel toLeaf, String path) {
    Context own = Context.current();
    CompletionStage<StringValue> relayed = call(toRelay, RELAY, path + ".1");
    CompletionStage<StringValue> beside = call(toLeaf, LEAF, path + ".2");
    CompletionStage<StringValue> after =
        relayed.thenCompose(own.wrapFunction(answer -> call(toLeaf, LEAF, path + ".3")));
    return after.thenCombine(beside, (one, other) -> other).toCompletableFuture().join();
  }

  private static CompletionStage<StringValue> call(
      RpcChannel channel, String service, String path) {
    return channel.callAsync(
        method(service),
        text(path),
        Hops.patient().withMetadata(Metadata.EMPTY.with(Paths.KEY, path)));
  }

  /** Answers on the loop, with what the leaf answered. */
  private static final class Relaying implements StreamReceiver<StringValue> {
    private final RpcChannel leaf;
    private final ReplyStream<StringValue> replies;

    Relaying(RpcChannel leaf, ReplyStream<StringValue> replies) {
      this.leaf = leaf;
      this.replies = replies;
      replies.request(1);
    }

    @Override
    public void message(StringValue path) {
      call(leaf, LEAF, path.getValue() + ".1").whenComplete(this::answer);
    }

    private void answer(@Nullable StringValue answer, @Nullable Throwable failure) {
      if (answer != null) {
        replies.send(answer);
      }
      replies.end(
          failure == null ? Status.OK : Status.of(Status.Code.INTERNAL, "leaf"), Metadata.EMPTY);
    }

    @Override
    public void ended(@Nullable RpcException failure, Metadata trailers) {}
  }
}
