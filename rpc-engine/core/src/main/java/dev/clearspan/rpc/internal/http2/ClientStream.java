package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.netty.PayloadView;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt on one HTTP/2 stream, from the request until its result: reads what the server sends
 * and tells the two shapes of calls what it means. Confined to the connection's loop after
 * construction; ends exactly once.
 *
 * <pre>
 * waiting    for the connection or for a free stream: no link
 * sent       has a link and a stream id
 * replying   the server's initial headers have come
 * foreign    what comes is no gRPC reply
 * ended      the result is settled; what still comes is dropped
 * </pre>
 */
abstract class ClientStream<R> implements Runnable, MessageAssembler.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(ClientStream.class);

  /** A server's clock may reach a deadline that it was sent this much before ours does. */
  private static final long CLOCK_SLACK_NANOS = 5_000_000;

  final GrpcConnection connection;
  final MethodSpec<?, R> method;
  private final AsciiString[] fields;
  private final Deadline deadline;
  private final MessageAssembler assembler;

  private @Nullable GrpcClientLink link;
  private int streamId;
  private boolean replying;
  private boolean gzip;
  private boolean ended;
  private @Nullable ForeignReply foreign;

  ClientStream(
      GrpcConnection connection, MethodSpec<?, R> method, AsciiString[] fields, Deadline deadline) {
    this.connection = connection;
    this.method = method;
    this.fields = fields;
    this.deadline = deadline;
    this.assembler = new MessageAssembler(connection.limits().messageBytes());
  }

  /** The stream is open: sends the headers and what else there is. */
  abstract void opened(RequestWriter on);

  /** The reply begins. */
  abstract void began(Metadata headers);

  /** A message, plain; the bytes are valid during this call. */
  abstract void received(ByteBuf payload);

  /** Takes note of received bytes; how many of them make room for more right away. */
  int taken(int bytes) {
    return bytes;
  }

  /** The server's status has come. */
  abstract void answered(Status status, Metadata trailers, ServerNotes notes);

  /** It ends with a status of our own or of HTTP's: what was not delivered is dropped. */
  abstract void failed(Status status);

  /** Tells the result; what is still held is let go. */
  abstract void tell(AttemptResult<R> result);

  abstract int requestBytes();

  /** It has ended, and makes room for another call. */
  void leave() {
    connection.leave();
  }

  /** Writes the request; on the loop. */
  @Override
  public final void run() {
    connection.write(this);
  }

  final boolean hasEnded() {
    return ended;
  }

  final @Nullable GrpcClientLink link() {
    return link;
  }

  final int streamId() {
    return streamId;
  }

  /** The request's header fields, complete now. */
  final AsciiString[] fields(RequestFields form) {
    form.setTimeLeft(fields, deadline.remainingNanos(System.nanoTime()));
    return fields;
  }

  final void sent(GrpcClientLink on, int id) {
    link = on;
    streamId = id;
  }

  final void headers(Http2Headers headers, boolean last) {
    if (ended) {
      return;
    }
    if (last) {
      trailers(headers);
    } else if (replying || foreign != null) {
      breakOff(Status.Code.INTERNAL, "headers twice (expected: headers, messages, trailers)");
    } else if (!isInformational(headers)) {
      initial(headers);
    }
  }

  /**
   * Takes DATA.
   *
   * @param bytes its size with padding
   * @return how many bytes the server may send more
   */
  final int data(ByteBuf data, int bytes, boolean last) {
    if (ended) {
      return bytes;
    }
    if (foreign != null) {
      if (foreign.add(data) || last) {
        breakOff(foreign.status());
      }
      return bytes;
    }
    try {
      assembler.add(data, this);
    } catch (RpcException e) {
      breakOff(e.status());
    }
    if (last) {
      breakOff(Status.Code.INTERNAL, "the stream ended without a status (expected: trailers)");
    }
    return ended ? bytes : taken(bytes);
  }

  @Override
  public final void message(ByteBuf payload, boolean compressed) {
    if (ended) {
      return;
    }
    if (!compressed) {
      received(payload);
      return;
    }
    if (!gzip) {
      throw new RpcException(
          Status.Code.INTERNAL,
          "compressed message (expected: a plain one, without grpc-encoding)");
    }
    ByteBuf plain = Gzip.inflate(payload, connection.limits());
    try {
      received(plain);
    } finally {
      plain.release();
    }
  }

  /** The server reset the stream. */
  final void reset(long errorCode) {
    Http2Error error = Http2Error.valueOf(errorCode);
    String text = "the server reset the stream: " + (error == null ? errorCode : error);
    if (error == Http2Error.REFUSED_STREAM) {
      refused(Status.of(Status.Code.UNAVAILABLE, text));
    } else if (error == Http2Error.CANCEL && isOutOfTime()) {
      finish(Status.of(Status.Code.DEADLINE_EXCEEDED, text));
    } else {
      finish(Status.of(GrpcStatus.ofReset(errorCode), text));
    }
  }

  final void notSent(Status status) {
    end(new AttemptResult.NotSent<>(status));
  }

  final void lost(Status status) {
    end(new AttemptResult.Unknown<>(status, requestBytes()));
  }

  final void refused(Status status) {
    refused(status, Metadata.EMPTY);
  }

  private void refused(Status status, Metadata metadata) {
    end(new AttemptResult.Refused<>(status, metadata, requestBytes()));
  }

  /** The caller gives it up. */
  final void cancelled(String reason) {
    if (ended) {
      return;
    }
    GrpcClientLink on = link;
    if (on == null) {
      connection.forget(this);
    } else {
      on.writer().reset(this, Http2Error.CANCEL);
    }
    end(new AttemptResult.Cancelled<>(Status.of(Status.Code.CANCELLED, reason), requestBytes()));
  }

  /** Ends it because what the server sends makes no sense. */
  final void breakOff(Status.Code code, String text) {
    breakOff(Status.of(code, "reply of " + method.fullName() + ": " + text));
  }

  /**
   * A message of the reply. Thread-safe.
   *
   * @throws RpcException INTERNAL if the bytes are none
   */
  public final R decoded(ByteBuf payload) {
    try {
      return method.responseCodec().decode(PayloadView.readable(payload));
    } catch (RuntimeException e) {
      throw new RpcException(
          Status.Code.INTERNAL, "reply of " + method.fullName() + ": " + e.getMessage());
    }
  }

  /** The result is settled; says whether it was not before. */
  final boolean settle() {
    if (ended) {
      return false;
    }
    ended = true;
    assembler.release();
    leave();
    return true;
  }

  final void end(AttemptResult<R> result) {
    if (settle()) {
      telling(result);
    }
  }

  /** Tells the result after {@link #settle}. */
  final void telling(AttemptResult<R> result) {
    try {
      tell(result);
    } catch (RuntimeException | AssertionError e) {
      LOG.error("listener of {} failed", method.fullName(), e);
    }
  }

  final void breakOff(Status status) {
    GrpcClientLink on = link;
    if (on != null && !ended) {
      on.writer().reset(this, Http2Error.CANCEL);
    }
    finish(status);
  }

  /** Ends with a status that stands alone. */
  final void finish(Status status) {
    if (!ended) {
      failed(status);
    }
  }

  private void initial(Http2Headers headers) {
    foreign = ForeignReply.of(headers);
    if (foreign != null) {
      return;
    }
    replying = true;
    CharSequence encoding = headers.get(GrpcNames.ENCODING);
    gzip = encoding != null && GrpcNames.GZIP.contentEqualsIgnoreCase(encoding);
    if (encoding != null && !gzip && !GrpcNames.IDENTITY.contentEqualsIgnoreCase(encoding)) {
      breakOff(
          Status.Code.INTERNAL, "grpc-encoding: " + encoding + " (expected: identity or gzip)");
      return;
    }
    Metadata metadata = metadata(headers);
    if (metadata != null) {
      began(metadata);
    }
  }

  private void trailers(Http2Headers headers) {
    Status status = GrpcStatus.read(headers);
    if (status == null) {
      withoutStatus(headers);
      return;
    }
    ServerNotes notes = ServerNotes.read(headers);
    if (notes.fromClearspan() && link != null) {
      link.peerIsClearspan();
    }
    if (status.isOk() && assembler.isMidMessage()) {
      breakOff(Status.Code.INTERNAL, "the stream ended in the middle of a message");
      return;
    }
    Metadata metadata = metadata(headers);
    if (metadata != null && notes.refused()) {
      refused(status, metadata);
    } else if (metadata != null) {
      answered(status, metadata, notes);
    }
  }

  private void withoutStatus(Http2Headers headers) {
    ForeignReply strange = foreign != null || replying ? foreign : ForeignReply.of(headers);
    if (strange != null) {
      finish(strange.status());
    } else {
      String text = "reply of " + method.fullName() + ": trailers without grpc-status";
      finish(Status.of(Status.Code.UNKNOWN, text));
    }
  }

  /** The headers' metadata; null if it had to end the call. */
  private @Nullable Metadata metadata(Http2Headers headers) {
    Limits limits = connection.limits();
    try {
      return HeaderMetadata.read(headers, limits);
    } catch (RpcException e) {
      breakOff(e.code(), e.status().message());
    } catch (IllegalArgumentException e) {
      breakOff(Status.Code.INTERNAL, String.valueOf(e.getMessage()));
    }
    return null;
  }

  private boolean isOutOfTime() {
    return deadline.remainingNanos(System.nanoTime()) < CLOCK_SLACK_NANOS;
  }

  private static boolean isInformational(Http2Headers headers) {
    CharSequence status = headers.status();
    return status != null && HttpStatusClass.valueOf(status) == HttpStatusClass.INFORMATIONAL;
  }
}
