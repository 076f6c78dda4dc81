package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.ServerCall;
import dev.clearspan.rpc.server.ServerStream;
import dev.clearspan.rpc.server.StreamWire;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One served stream on a link: what its handler sends becomes frames on the handler's thread, and
 * goes out on the link's loop. Everything but the {@link StreamWire} is confined to that loop.
 */
final class ServedFlow<Q, R> implements StreamWire<R>, Inflow.Receiver<Q> {
  /** Where one request is expected, a second is asked for too, so that it is noticed. */
  private static final int ONE_TOO_MANY = 2;

  private final ServerStreams streams;
  private final int streamId;
  private final MethodSpec<Q, R> method;
  private final Outflow outflow = new Outflow(this::writable);
  private final Inflow<Q> inflow;
  private final AtomicLong sentBytes = new AtomicLong();
  private @Nullable ServerStream<Q, R> call;
  private boolean closed;

  ServedFlow(ServerStreams streams, int streamId, MethodSpec<Q, R> method, int mostRequestBytes) {
    this.streams = streams;
    this.streamId = streamId;
    this.method = method;
    this.inflow =
        new Inflow<>(streams.shared(), streamId, method.requestCodec(), mostRequestBytes, this);
    outflow.begin(streamId, streams.shared().peerCredit());
  }

  void serve(ServerStream<Q, R> value) {
    call = value;
  }

  Inflow<Q> inflow() {
    return inflow;
  }

  void granted(int increment) {
    outflow.granted(increment);
    streams.shared().turns().offer(outflow);
  }

  @Override
  public void headers(Metadata headers) {
    ByteBuf frame = Frames.of(out -> StreamFrames.writeHeaders(out, streamId, headers));
    streams.outbox().put(() -> write(frame));
  }

  @Override
  public void message(R message) {
    int size =
        MessageFrame.sizeOf(
            method.responseCodec(), message, streams.mostReplyBytes(), method.fullName());
    ByteBuf frame =
        MessageFrame.encode(
            method.responseCodec(), message, size, method.fullName(), streams.packing());
    sentBytes.addAndGet(outflow.reserve(frame));
    streams.outbox().put(() -> send(frame));
  }

  @Override
  public boolean isWritable() {
    return outflow.isReady();
  }

  @Override
  public void request(int messages) {
    int asked = method.shape().clientStreams() ? messages : ONE_TOO_MANY;
    streams.outbox().put(() -> inflow.request(asked));
  }

  @Override
  public void end(CallInProgress<R> ended, Status status, Metadata trailers, Ending ending) {
    int bytes = (int) Math.min(Integer.MAX_VALUE, sentBytes.get());
    ServerCall.Timing timing = ended.record(status, bytes);
    ByteBuf response =
        streams.response(streamId, status, trailers, ending == Ending.REFUSED, timing);
    streams.outbox().put(() -> end(response, ending, ended));
  }

  @Override
  public void abandoned(CallInProgress<R> ended) {
    Status status = Status.of(Status.Code.CANCELLED, "caller is gone");
    int bytes = (int) Math.min(Integer.MAX_VALUE, sentBytes.get());
    // Nobody is answered, so the keep bit goes nowhere.
    ServerCall.Timing unused = ended.record(status, bytes);
    streams.outbox().put(this::close);
  }

  @Override
  public void message(Q message, int bytes) {
    if (call != null) {
      call.message(message, bytes);
    }
  }

  @Override
  public void finished() {
    if (call != null) {
      call.finished();
    }
  }

  @Override
  public void tooLarge(int bytes) {
    fail(
        Status.of(
            Status.Code.RESOURCE_EXHAUSTED,
            "message to %s: %d bytes or more (expected: <= %d)"
                .formatted(method.fullName(), bytes, streams.mostRequestBytes())));
  }

  @Override
  public void unreadable(Status.Code why, String text) {
    fail(Status.of(why, "message to " + method.fullName() + ": " + text));
  }

  /** Nothing more goes in or out. */
  void close() {
    closed = true;
    inflow.close();
    outflow.close();
    streams.forget(streamId, this);
  }

  /** The end has waited for the caller's credit until nobody waits for it. */
  void drop() {
    if (outflow.isEnding()) {
      outflow.dropMessages();
      streams.shared().turns().offer(outflow);
    }
  }

  private void fail(Status status) {
    inflow.close();
    if (call != null) {
      call.fail(status);
    }
  }

  private void writable() {
    if (call != null) {
      call.writable();
    }
  }

  private void write(ByteBuf frame) {
    if (closed) {
      frame.release();
    } else {
      streams.write(frame);
    }
  }

  private void send(ByteBuf frame) {
    outflow.add(frame);
    streams.shared().turns().offer(outflow);
  }

  private void end(ByteBuf response, Ending ending, CallInProgress<R> ended) {
    inflow.close();
    if (ending != Ending.HANDLED) {
      outflow.dropMessages();
    }
    outflow.end(streams.streamEnd(response), () -> streams.ended(streamId, this));
    streams.shared().turns().offer(outflow);
    if (outflow.isEnding()) {
      streams.dropAt(ended.deadline(), this);
    }
  }
}
