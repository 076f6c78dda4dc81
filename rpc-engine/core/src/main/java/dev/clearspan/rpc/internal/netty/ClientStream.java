package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.frame.RequestHead;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a streaming call. What is sent becomes frames on the sender's thread and goes out
 * on the connection's loop, to which everything but the {@link StreamSender} is confined. The
 * server's outcome is told after the messages before it, when they have been asked for.
 */
final class ClientStream<Q, R> extends Exchange<R> implements StreamSender<Q>, Inflow.Receiver<R> {
  /** Where one reply is expected, a second is asked for too, so that it is noticed. */
  private static final int ONE_TOO_MANY = 2;

  private final ClientConnection connection;
  private final MethodSpec<Q, R> spec;
  private final Compression compression;
  private final StreamAttemptListener<R> listener;
  private final Outflow outflow = new Outflow(this::ready);
  private final AtomicLong sentBytes = new AtomicLong();
  private @Nullable LinkStreams link;
  private @Nullable Inflow<R> inflow;
  private @Nullable ResponseHead outcome;
  private int requestedEarly;
  private long receivedBytes;
  private boolean replyBegun;

  ClientStream(
      ClientConnection connection, StreamRequest<Q, R> request, StreamAttemptListener<R> listener) {
    super(request.method(), request.deadline(), opening(request));
    this.connection = connection;
    this.spec = request.method();
    this.compression = request.compression();
    this.listener = listener;
  }

  private static ByteBuf opening(StreamRequest<?, ?> request) {
    RequestHead head =
        new RequestHead(
            0, request.attempt(), request.criticality(), 0, request.trace(), request.metadata());
    return Frames.of(out -> head.writeOpening(out, request.method().shape()));
  }

  @Override
  public void send(Q message) {
    String name = spec.fullName();
    int size =
        MessageFrame.sizeOf(spec.requestCodec(), message, connection.mostMessageBytes(), name);
    Packing packing = connection.streamPacking(compression);
    ByteBuf encoded = MessageFrame.encode(spec.requestCodec(), message, size, name, packing);
    sentBytes.addAndGet(outflow.reserve(encoded));
    connection.onLoop(() -> add(encoded));
  }

  @Override
  public boolean isReady() {
    return outflow.isReady();
  }

  @Override
  public void finish() {
    connection.onLoop(this::addEnd);
  }

  @Override
  public void request(int messages) {
    int asked = spec.shape().serverStreams() ? messages : ONE_TOO_MANY;
    connection.onLoop(() -> requestOnLoop(asked));
  }

  @Override
  public void cancel(String reason) {
    connection.giveUp(this);
  }

  @Override
  boolean isStream() {
    return true;
  }

  @Override
  void sent(LinkStreams streams) {
    link = streams;
    outflow.begin(streamId, streams.peerCredit());
    inflow =
        new Inflow<>(streams, streamId, spec.responseCodec(), connection.mostReplyBytes(), this);
    if (requestedEarly > 0) {
      inflow.request(requestedEarly);
    }
    streams.turns().offer(outflow);
  }

  void data(ByteBuf piece, int flags) {
    if (inflow != null) {
      inflow.data(piece, flags);
    }
  }

  void granted(int increment) {
    outflow.granted(increment);
    offer();
  }

  @Override
  void headers(Metadata headers) {
    if (!hasEnded() && !replyBegun) {
      replyBegun = true;
      listener.headers(headers);
    }
  }

  @Override
  void replied(ResponseHead head, ByteBuf payload, Executor loop) {
    outflow.close();
    if (head.refused()) {
      refused(head.status(), head.metadata());
    } else if (inflow != null) {
      outcome = head;
      inflow.end(head.status().isOk());
    }
  }

  @Override
  public void message(R message, int bytes) {
    if (!hasEnded()) {
      replyBegun = true;
      receivedBytes += bytes;
      listener.message(message);
    }
  }

  @Override
  public void finished() {
    ResponseHead head = outcome;
    if (head != null) {
      end(reply(head, head.status(), head.metadata()));
    }
  }

  @Override
  public void tooLarge(int bytes) {
    giveUp(
        Status.of(
            Status.Code.RESOURCE_EXHAUSTED,
            "message of %s: %d bytes or more (expected: <= %d)"
                .formatted(spec.fullName(), bytes, connection.mostReplyBytes())));
  }

  @Override
  public void unreadable(Status.Code why, String text) {
    Status.Code code = why == Status.Code.INVALID_ARGUMENT ? Status.Code.INTERNAL : why;
    giveUp(Status.of(code, "message of " + spec.fullName() + ": " + text));
  }

  private void add(ByteBuf message) {
    outflow.add(message);
    offer();
  }

  private void addEnd() {
    outflow.end(Frames.of(out -> StreamFrames.writeEnd(out, 0)), () -> {});
    offer();
  }

  private void requestOnLoop(int messages) {
    if (inflow != null) {
      inflow.request(messages);
    } else {
      requestedEarly = (int) Math.min(Integer.MAX_VALUE, (long) requestedEarly + messages);
    }
  }

  private void offer() {
    if (link != null) {
      link.turns().offer(outflow);
    }
  }

  private void ready() {
    if (!hasEnded()) {
      listener.ready();
    }
  }

  /** What came cannot be used: the caller gets this status, the server a CANCEL. */
  private void giveUp(Status status) {
    ResponseHead head = new ResponseHead(status, false, false, -1, -1, Metadata.EMPTY);
    connection.giveUp(this);
    end(reply(head, status, Metadata.EMPTY));
  }

  private AttemptResult<R> reply(ResponseHead head, Status status, Metadata trailers) {
    return new AttemptResult.Replied<>(
        status,
        null,
        trailers,
        head.keep(),
        head.serverNanos(),
        head.queueNanos(),
        requestBytes(),
        (int) Math.min(Integer.MAX_VALUE, receivedBytes));
  }

  @Override
  int requestBytes() {
    return (int) Math.min(Integer.MAX_VALUE, sentBytes.get());
  }

  @Override
  void leave() {
    outflow.close();
    if (inflow != null) {
      inflow.close();
    }
    connection.left();
  }

  @Override
  void tell(AttemptResult<R> result) {
    listener.ended(result);
  }
}
