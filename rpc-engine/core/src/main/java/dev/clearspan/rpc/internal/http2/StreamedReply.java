package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.ServerCall.Timing;
import dev.clearspan.rpc.server.ServerStream;
import dev.clearspan.rpc.server.StreamWire;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one call of any number of messages: encoded on the thread that sends them, written
 * by the loop as far as the client's window goes. What is not written yet is counted, whether it
 * waits for the loop or for the window.
 */
final class StreamedReply<R> implements StreamWire<R> {
  /** With less than this unwritten, the handler should send more. */
  static final int ENOUGH_BYTES = 128 * 1024;

  /** With this much unwritten, no more is taken. */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private final Arrival arrival;
  private final IntConsumer want;
  private final AtomicLong unwritten = new AtomicLong();
  private @Nullable ServerStream<?, R> call;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<@Nullable Boolean> gzip = new AtomicReference<>();
  private volatile boolean full;
  private boolean headersWritten; // loop
  private boolean dropping; // loop

  /** {@code want} hears, on the loop, how many messages more the handler accepts. */
  StreamedReply(Arrival arrival, IntConsumer want) {
    this.arrival = arrival;
    this.want = want;
  }

  /** The call whose replies these are. */
  void of(ServerStream<?, R> value) {
    call = value;
  }

  @Override
  public void headers(Metadata headers) {
    Http2Headers block = ReplyHeaders.headers(headers, announcesGzip());
    arrival.link().outbox().put(() -> writeHeaders(block));
  }

  @Override
  public void message(R message) {
    ServerStream<?, R> sender = requireCall();
    if (unwritten.get() > MOST_BYTES) {
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "replies not yet sent: %d bytes (expected: <= %d)"
              .formatted(unwritten.get(), MOST_BYTES));
    }
    int most = arrival.link().scope().limits().messageBytes();
    boolean compress = announcesGzip() && sender.compressesReplies();
    ByteBuf frame = encoded(sender, message, compress, most);
    int size = frame.readableBytes();
    unwritten.addAndGet(size);
    sent.addAndGet(size - MessageFrame.PREFIX_BYTES);
    arrival.link().outbox().put(() -> write(frame, size));
  }

  @Override
  public boolean isWritable() {
    if (unwritten.get() < ENOUGH_BYTES) {
      return true;
    }
    full = true;
    // The loop may have written all of it before it could see the mark.
    return unwritten.get() < ENOUGH_BYTES;
  }

  @Override
  public void request(int messages) {
    arrival.link().outbox().put(() -> want.accept(messages));
  }

  @Override
  public void end(CallInProgress<R> ended, Status status, Metadata trailers, Ending ending) {
    Timing told = arrival.told(ended.record(status, sentBytes()));
    arrival.link().outbox().put(() -> writeEnd(status, trailers, told, ending));
  }

  @Override
  public void abandoned(CallInProgress<R> ended) {
    Timing unused = ended.record(Status.of(Status.Code.CANCELLED, "caller is gone"), sentBytes());
    arrival.link().outbox().put(() -> dropping = true);
  }

  /** Whether the reply's headers say that messages may be compressed: settled once, at first. */
  private boolean announcesGzip() {
    Boolean settled = gzip.get();
    if (settled == null) {
      boolean wanted = requireCall().compressesReplies() && arrival.head().takesGzip();
      settled = gzip.compareAndSet(null, wanted) ? Boolean.valueOf(wanted) : gzip.get();
    }
    return Boolean.TRUE.equals(settled);
  }

  private int sentBytes() {
    return (int) Math.min(Integer.MAX_VALUE, sent.get());
  }

  private ByteBuf encoded(ServerStream<?, R> sender, R message, boolean compress, int most) {
    try {
      return MessageFrame.encode(sender.method().spec().responseCodec(), message, compress, most);
    } catch (RpcException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new RpcException(
          Status.Code.INTERNAL,
          "reply of %s cannot be encoded: %s"
              .formatted(sender.method().spec().fullName(), e.getMessage()));
    }
  }

  private void writeHeaders(Http2Headers block) {
    if (!dropping) {
      headersWritten = true;
      arrival.link().writer().writeHeaders(arrival.streamId(), block);
    }
  }

  private void write(ByteBuf frame, int size) {
    if (dropping) {
      frame.release();
      written(size);
      return;
    }
    if (!headersWritten) {
      writeHeaders(ReplyHeaders.headers(Metadata.EMPTY, announcesGzip()));
    }
    arrival.link().writer().writeData(arrival.streamId(), frame, () -> written(size));
  }

  private void written(int size) {
    if (unwritten.addAndGet(-size) < ENOUGH_BYTES && full) {
      full = false;
      requireCall().writable();
    }
  }

  private void writeEnd(Status status, Metadata trailers, @Nullable Timing told, Ending ending) {
    dropping = true;
    if (ending == Ending.CUT_OFF && arrival.link().writer().isBlocked(arrival.streamId())) {
      // Trailers would wait behind messages that the client does not take.
      arrival.link().writer().cancel(arrival.streamId());
      return;
    }
    Http2Headers last;
    if (headersWritten) {
      last = ReplyHeaders.trailers(status, trailers, told);
    } else if (status.isOk()) {
      arrival
          .link()
          .writer()
          .writeHeaders(arrival.streamId(), ReplyHeaders.headers(Metadata.EMPTY, false));
      last = ReplyHeaders.trailers(status, trailers, told);
    } else {
      last = ReplyHeaders.trailersOnly(status, trailers, told);
    }
    if (!status.isOk()) {
      arrival.nameTrace(last);
    }
    if (ending == Ending.REFUSED) {
      last.add(GrpcNames.REFUSED, GrpcNames.ONE);
    }
    arrival.link().writer().writeLast(arrival.streamId(), last);
  }

  private ServerStream<?, R> requireCall() {
    if (call == null) {
      throw new IllegalStateException("no call yet");
    }
    return call;
  }
}
