package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.netty.LargePayloads;
import dev.clearspan.rpc.server.Place;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.server.ServerStream;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A request of any number of messages. As many are delivered as the handler has asked for; what
 * comes beyond waits here, undelivered, and its bytes are not given back to the client, which so
 * may be at most one stream's window ahead of the handler.
 */
final class StreamedRequest<Q, R> extends GrpcRequest implements MessageAssembler.Sink {
  private final ServedMethod<Q, R> method;
  private final MessageAssembler assembler;
  private final StreamedReply<R> reply;
  private final ServerStream<Q, R> call;
  private @Nullable ByteBuf waiting;
  private int wanted;
  private boolean parsing;
  private boolean last;
  private boolean over;

  /** A request whose call the gate has admitted. */
  StreamedRequest(Arrival arrival, Place place, ServedMethod<Q, R> method) {
    super(arrival);
    this.method = method;
    this.assembler = new MessageAssembler(limits().messageBytes());
    this.reply = new StreamedReply<>(arrival, this::want);
    this.call =
        new ServerStream<>(
            arrival.link().scope(), place, method, arrival.intake(0), arrival.served(), reply);
    reply.of(call);
  }

  @Override
  void begin() {
    call.start();
  }

  @Override
  int data(ByteBuf data, boolean isLast) {
    last |= isLast;
    int length = data.readableBytes();
    if (isOver()) {
      return length;
    }
    if (waiting == null) {
      feed(data);
    }
    int taken = length - data.readableBytes();
    if (data.isReadable() && !isOver()) {
      keep(data);
    }
    finishIfAllTaken();
    return isOver() ? length : taken;
  }

  @Override
  public void message(ByteBuf payload, boolean compressed) {
    if (compressed && !arrival.head().sendsGzip()) {
      throw new RpcException(
          Status.Code.INTERNAL, "compressed message without grpc-encoding (expected: gzip)");
    }
    wanted--;
    int size = payload.readableBytes();
    RequestSource<Q> source = GrpcPayload.source(method.spec(), payload, compressed, limits());
    if (GrpcPayload.isDecoded(size, compressed)) {
      call.message(source.read(), size);
    } else {
      parsing = true;
      LargePayloads.parse(() -> parse(source, size));
    }
  }

  @Override
  void closed() {
    free();
    call.cancel();
  }

  @Override
  public void expire() {
    call.expire();
  }

  /** The handler accepts that many more messages. */
  private void want(int messages) {
    wanted = (int) Math.min(Integer.MAX_VALUE, (long) wanted + messages);
    feedWaiting();
  }

  private void feedWaiting() {
    ByteBuf held = waiting;
    if (held == null || isOver()) {
      return;
    }
    int before = held.readableBytes();
    feed(held);
    if (waiting != held) {
      return;
    }
    arrival.link().writer().giveBack(arrival.streamId(), before - held.readableBytes());
    if (held.isReadable()) {
      held.discardSomeReadBytes();
    } else {
      held.release();
      waiting = null;
    }
    finishIfAllTaken();
  }

  private void feed(ByteBuf data) {
    try {
      while (wanted > 0 && !parsing && data.isReadable() && !isOver()) {
        boolean unused = assembler.next(data, this);
      }
    } catch (UndecodableRequest e) {
      fail(Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
    } catch (RpcException e) {
      fail(e.status());
    }
  }

  /** Copied, so that a few bytes that wait do not hold on to the buffer they were read into. */
  private void keep(ByteBuf data) {
    ByteBuf held = waiting;
    if (held == null) {
      held = ByteBufAllocator.DEFAULT.directBuffer(data.readableBytes());
      waiting = held;
    }
    held.writeBytes(data);
  }

  private void finishIfAllTaken() {
    if (last && waiting == null && !parsing && !isOver()) {
      over = true;
      if (assembler.isMidMessage()) {
        String text = method.spec().fullName() + ": the last message is incomplete";
        fail(Status.of(Status.Code.INTERNAL, text));
      } else {
        call.finished();
      }
    }
  }

  /** Off the loop. */
  private void parse(RequestSource<Q> source, int size) {
    try {
      Q message = source.read();
      arrival.link().outbox().put(() -> parsed(message, size));
    } catch (UndecodableRequest e) {
      Status status = Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
      arrival.link().outbox().put(() -> fail(status));
    } catch (RpcException e) {
      arrival.link().outbox().put(() -> fail(e.status()));
    } finally {
      source.release();
    }
  }

  private void parsed(Q message, int size) {
    parsing = false;
    if (!isOver()) {
      call.message(message, size);
      feedWaiting();
      finishIfAllTaken();
    }
  }

  private void fail(Status status) {
    free();
    call.fail(status);
  }

  private void free() {
    over = true;
    assembler.release();
    if (waiting != null) {
      waiting.release();
      waiting = null;
    }
  }

  /** Whether what still comes is of no use. */
  private boolean isOver() {
    return over || call.hasEnded();
  }

  private Limits limits() {
    return arrival.link().scope().limits();
  }
}
