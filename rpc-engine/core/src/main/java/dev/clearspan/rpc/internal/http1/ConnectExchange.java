package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.ReplySink;
import dev.clearspan.rpc.server.ServerCall;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The reply of one Connect call. */
final class ConnectExchange<R> implements ReplySink<R> {
  static final String TRACE_ID = "clearspan-trace-id";

  private final ConnectCodec codec;
  private final Consumer<FullHttpResponse> out;

  /** {@code out} may be called on any thread. */
  ConnectExchange(ConnectCodec codec, Consumer<FullHttpResponse> out) {
    this.codec = codec;
    this.out = out;
  }

  @Override
  public void replied(CallInProgress<R> call, R message) {
    ByteBuf body = codec.write(call.method().spec(), message);
    ServerCall.Timing timing = call.record(Status.OK, body.readableBytes());
    FullHttpResponse reply = HttpReply.of(HttpResponseStatus.OK, codec.contentType(), body);
    send(reply, call.traceId(), timing);
  }

  @Override
  public void failed(CallInProgress<R> call, Status status, Metadata metadata, boolean refused) {
    ServerCall.Timing timing = call.record(status, 0);
    FullHttpResponse reply = error(status);
    HttpHeaders headers = reply.headers();
    metadata.entries().forEach(entry -> headers.add(entry.key(), entry.value()));
    send(reply, call.traceId(), timing);
  }

  @Override
  public void abandoned(CallInProgress<R> call) {
    // Nobody is answered, so the keep bit goes nowhere.
    ServerCall.Timing unused = call.record(Status.of(Status.Code.CANCELLED, "caller is gone"), 0);
  }

  /** An error in Connect's form. */
  static FullHttpResponse error(Status status) {
    byte[] body = ConnectCodec.errorJson(status).getBytes(StandardCharsets.UTF_8);
    return HttpReply.of(ConnectStatus.http(status.code()), HttpReply.JSON, body);
  }

  private void send(FullHttpResponse reply, String traceId, ServerCall.Timing timing) {
    reply.headers().set(TRACE_ID, traceId);
    reply.headers().set("server-timing", "total;dur=" + timing.serverNanos() / 1e6);
    out.accept(reply);
  }
}
