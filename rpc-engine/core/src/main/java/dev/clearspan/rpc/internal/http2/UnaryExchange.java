package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.netty.LargePayloads;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * One attempt with one message each way. Owns the encoded request until it is written, and a large
 * reply until it is parsed.
 */
final class UnaryExchange<R> extends ClientStream<R> implements SentAttempt {
  /** Larger replies are parsed off the loop. */
  private static final int PARSE_ON_LOOP_BYTES = 64 * 1024;

  private final AttemptListener<R> listener;
  private final int requestBytes;
  private @Nullable ByteBuf request;
  private @Nullable R reply;
  private @Nullable ByteBuf largeReply;
  private Metadata headers = Metadata.EMPTY;
  private boolean replied;
  private int replyBytes;

  UnaryExchange(
      GrpcConnection connection,
      AttemptRequest<?, R> request,
      AsciiString[] fields,
      ByteBuf message,
      AttemptListener<R> listener) {
    super(connection, request.method(), fields, request.deadline());
    this.listener = listener;
    this.request = message;
    this.requestBytes = message.readableBytes() - MessageFrame.PREFIX_BYTES;
  }

  @Override
  public void cancel() {
    connection.outbox().put(() -> cancelled("given up by the caller"));
  }

  @Override
  void opened(RequestWriter on) {
    ByteBuf message = request;
    request = null;
    if (message != null) {
      on.sendWhole(this, message);
    }
  }

  @Override
  void began(Metadata value) {
    headers = value;
  }

  @Override
  void received(ByteBuf payload) {
    if (replied) {
      throw new RpcException(
          Status.Code.INTERNAL, "reply of " + method.fullName() + ": 2 messages (expected: 1)");
    }
    replied = true;
    replyBytes = payload.readableBytes();
    if (replyBytes <= PARSE_ON_LOOP_BYTES) {
      reply = decoded(payload);
    } else {
      largeReply = payload.retain();
    }
  }

  @Override
  void answered(Status status, Metadata trailers, ServerNotes notes) {
    ByteBuf large = largeReply;
    if (status.isOk() && large != null) {
      parseElsewhere(large, trailers, notes);
    } else if (status.isOk() && !replied) {
      String text = "reply of " + method.fullName() + ": no message (expected: 1)";
      end(result(Status.of(Status.Code.INTERNAL, text), null, trailers, notes));
    } else {
      end(result(status, status.isOk() ? reply : null, trailers, notes));
    }
  }

  @Override
  void failed(Status status) {
    end(result(status, null, Metadata.EMPTY, ServerNotes.NONE));
  }

  @Override
  void tell(AttemptResult<R> result) {
    if (request != null) {
      request.release();
      request = null;
    }
    if (largeReply != null) {
      largeReply.release();
      largeReply = null;
    }
    listener.ended(result);
  }

  @Override
  int requestBytes() {
    return requestBytes;
  }

  private void parseElsewhere(ByteBuf large, Metadata trailers, ServerNotes notes) {
    if (!settle()) {
      return;
    }
    largeReply = null;
    LargePayloads.parse(
        () -> {
          AttemptResult<R> result = parsed(large, trailers, notes);
          connection.loop().execute(() -> telling(result));
        });
  }

  private AttemptResult<R> parsed(ByteBuf large, Metadata trailers, ServerNotes notes) {
    try {
      return result(Status.OK, decoded(large), trailers, notes);
    } catch (RpcException e) {
      return result(e.status(), null, trailers, notes);
    } finally {
      large.release();
    }
  }

  private AttemptResult<R> result(
      Status status, @Nullable R message, Metadata trailers, ServerNotes notes) {
    return new AttemptResult.Replied<>(
        status,
        message,
        headers,
        trailers,
        notes.keep(),
        notes.serverNanos(),
        notes.queueNanos(),
        requestBytes,
        replyBytes);
  }
}
