package dev.clearspan.console.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps what is offered, unless it is told to be full. Thread-safe. */
public final class FakeSink implements SpanSink {
  public final ConcurrentLinkedQueue<SpanBatch> batches = new ConcurrentLinkedQueue<>();
  public final ConcurrentLinkedQueue<LogBatch> logs = new ConcurrentLinkedQueue<>();
  public final AtomicBoolean full = new AtomicBoolean();

  @Override
  public boolean offer(Batch batch) {
    if (full.get()) {
      return false;
    }
    return batch instanceof SpanBatch spans ? batches.add(spans) : logs.add((LogBatch) batch);
  }

  @Override
  public int depth() {
    return batches.size() + logs.size();
  }

  @Override
  public long lost() {
    return 0;
  }

  @Override
  public double lostPerSecond() {
    return 0;
  }

  @Override
  public long lostLogs() {
    return 0;
  }

  /** The first that was taken; its bytes say the same. */
  Span span() {
    SentSpan sent = batches.element().groups().get(0).spans().get(0);
    assertThat(parsed(sent.bytes())).isEqualTo(sent.span());
    return sent.span();
  }

  private static Span parsed(ByteString bytes) {
    try {
      return Span.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("the bytes are no span", e);
    }
  }
}
