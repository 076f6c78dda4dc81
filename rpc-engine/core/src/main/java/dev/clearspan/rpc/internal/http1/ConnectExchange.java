package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.retry.Pushback;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.ReplySink;
import dev.clearspan.rpc.server.ServerCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The reply of one Connect call. Headers of the handler are HTTP headers, its trailers too, with
 * "trailer-" before their names; what a failure brings goes without.
 */
final class ConnectExchange<R> implements ReplySink<R> {
  static final String TRACE_ID = "clearspan-trace-id";

  /** On a reply: the trace is kept. */
  static final String KEEP = "clearspan-keep";

  private static final String TRAILER = "trailer-";
  private static final int COMPRESS_FROM_BYTES = 1024;

  private final ConnectCodec codec;
  private final ContentCoding coding;
  private final Limits limits;
  private final Consumer<FullHttpResponse> out;

  /** {@code out} may be called on any thread. */
  ConnectExchange(
      ConnectCodec codec, ContentCoding coding, Limits limits, Consumer<FullHttpResponse> out) {
    this.codec = codec;
    this.coding = coding;
    this.limits = limits;
    this.out = out;
  }

  @Override
  public void replied(CallInProgress<R> call, R message) {
    ByteBuf body = codec.write(call.method().spec(), message);
    int size = body.readableBytes();
    if (size > limits.messageBytes()) {
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          size + " bytes (expected: <= " + limits.messageBytes() + ")");
    }
    ServerCall.Timing timing = call.record(Status.OK, size);
    send(call, ok(body), timing);
  }

  @Override
  public void failed(CallInProgress<R> call, Status status, Metadata metadata, boolean refused) {
    ServerCall.Timing timing = call.record(status, 0);
    FullHttpResponse reply = ConnectError.reply(status, metadata);
    for (Metadata.Entry entry : metadata.entries()) {
      boolean told = entry.key().equals(ErrorDetails.KEY);
      if (!told && !call.trailers().entries().contains(entry)) {
        add(reply.headers(), entry.key(), entry);
      }
    }
    send(call, reply, timing);
  }

  @Override
  public void abandoned(CallInProgress<R> call) {
    // Nobody is answered, so the keep bit goes nowhere.
    ServerCall.Timing unused = call.record(Status.of(Status.Code.CANCELLED, "caller is gone"), 0);
  }

  /** Which limit refused a call, and in how many seconds to come again if that is known. */
  static void addRefusal(Metadata metadata, HttpHeaders headers) {
    metadata.entries().forEach(entry -> add(headers, entry.key(), entry));
    long again = Pushback.nanos(metadata);
    if (again >= 0) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(again - 1) + 1;
      headers.set(HttpHeaderNames.RETRY_AFTER, Math.max(1, seconds));
    }
  }

  private FullHttpResponse ok(ByteBuf plain) {
    ByteBuf body = plain;
    boolean compress = coding == ContentCoding.GZIP && plain.readableBytes() >= COMPRESS_FROM_BYTES;
    if (compress) {
      body = Unpooled.buffer(plain.readableBytes() / 2);
      Coding.GZIP.deflate(plain, body);
    }
    FullHttpResponse reply = HttpReply.of(HttpResponseStatus.OK, codec.contentType(), body);
    if (compress) {
      reply.headers().set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
      reply.headers().add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    }
    return reply;
  }

  private void send(CallInProgress<R> call, FullHttpResponse reply, ServerCall.Timing timing) {
    HttpHeaders headers = reply.headers();
    call.headers().entries().forEach(entry -> add(headers, entry.key(), entry));
    call.trailers().entries().forEach(entry -> add(headers, TRAILER + entry.key(), entry));
    headers.set(TRACE_ID, call.traceId());
    if (timing.keep()) {
      headers.set(KEEP, "1");
    }
    headers.set("server-timing", "total;dur=" + timing.serverNanos() / 1e6);
    out.accept(reply);
  }

  /** Adds a header of the handler's, unless it is one that HTTP or Connect has a use for. */
  private static void add(HttpHeaders headers, String name, Metadata.Entry entry) {
    if (!HttpHeadersIn.isOwn(name)) {
      headers.add(name, entry.value());
    }
  }
}
