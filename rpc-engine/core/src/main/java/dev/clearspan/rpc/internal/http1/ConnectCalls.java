package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.netty.Addresses;
import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.TraceParent;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.CallIntake;
import dev.clearspan.rpc.server.Chunk;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.server.ServerCall;
import dev.clearspan.rpc.server.ServerScope;
import dev.clearspan.rpc.server.ServerStream;
import dev.clearspan.rpc.server.TurnedAway;
import dev.clearspan.rpc.server.UnaryWire;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Unary calls of the Connect protocol on one connection: POST to "/package.Service/Method". At most
 * one at a time. Loop-confined.
 */
final class ConnectCalls {
  // One call at a time: each reply leaves by itself.
  private static final Chunk.Replies NO_BATCH =
      new Chunk.Replies() {
        @Override
        public void hold() {}

        @Override
        public void release() {}

        @Override
        public void send() {}
      };

  private final ServerScope scope;
  private final ServerSocketListener listener;
  private final OriginRule origins;
  private @Nullable CallInProgress<?> current;

  ConnectCalls(ServerScope scope, ServerSocketListener listener, OriginRule origins) {
    this.scope = scope;
    this.listener = listener;
    this.origins = origins;
  }

  /** Answers the request through {@code out}, on any thread, once. */
  void handle(
      String method,
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      Consumer<FullHttpResponse> out) {
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    Consumer<FullHttpResponse> reply =
        response -> {
          origins.admit(origin, response.headers());
          out.accept(response);
        };
    if (origins.refuses(origin)) {
      String text = "origin " + origin + " may not call here";
      reply.accept(ConnectExchange.error(Status.of(Status.Code.PERMISSION_DENIED, text)));
    } else if (request.method().equals(HttpMethod.OPTIONS) && origin != null) {
      reply.accept(
          HttpReply.of(HttpResponseStatus.NO_CONTENT, HttpReply.TEXT, Unpooled.EMPTY_BUFFER));
    } else if (method.indexOf('/') < 1) {
      reply.accept(notFound(method));
    } else if (!request.method().equals(HttpMethod.POST)) {
      reply.accept(notAllowed("POST"));
    } else {
      post(method, ctx, request, reply);
    }
  }

  /** The client is gone. */
  void cancel() {
    if (current != null) {
      current.cancel();
    }
  }

  static FullHttpResponse notAllowed(String allowed) {
    FullHttpResponse reply =
        HttpReply.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected: " + allowed);
    reply.headers().set(HttpHeaderNames.ALLOW, allowed);
    return reply;
  }

  private static FullHttpResponse notFound(String path) {
    return HttpReply.text(
        HttpResponseStatus.NOT_FOUND,
        "nothing at /"
            + path
            + " (expected: POST /package.Service/Method, /healthz, /readyz, /metrics)");
  }

  private void post(
      String name,
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      Consumer<FullHttpResponse> reply) {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    ConnectCodec codec = ConnectCodec.of(type);
    if (codec == null) {
      reply.accept(
          HttpReply.text(
              HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
              "content type: " + type + " (expected: application/json or application/proto)"));
      return;
    }
    long now = scope.ticker().nanos();
    CallLedger.ServedCall served =
        scope
            .ledger()
            .beginServed(
                name,
                TraceParent.parse(request.headers().get(TraceParent.HEADER)),
                null,
                Addresses.text(ctx.channel().remoteAddress()));
    Arrival arrival = new Arrival(ctx, request, codec, served, now, reply);
    ServedMethod<?, ?> method = scope.methods().find(name);
    if (method == null) {
      arrival.turnAway(scope, scope.methods().missing(name));
    } else {
      admit(arrival, method);
    }
  }

  private <Q, R> void admit(Arrival arrival, ServedMethod<Q, R> method) {
    if (method.spec().shape() != MethodShape.UNARY) {
      String text =
          "%s is %s (expected here: UNARY)"
              .formatted(method.spec().fullName(), method.spec().shape());
      arrival.turnAway(scope, Status.of(Status.Code.UNIMPLEMENTED, text));
    } else if (!arrival.codec.speaks(method.spec())) {
      String text =
          "%s speaks codec %s only"
              .formatted(method.spec().fullName(), method.spec().requestCodec().name());
      arrival.turnAway(scope, Status.of(Status.Code.UNIMPLEMENTED, text));
    } else if (listener.isDraining() || !scope.gate().enter()) {
      scope.gate().countRefused();
      String text = listener.isDraining() ? "draining" : "calls in flight: " + scope.gate().most();
      arrival.turnAway(scope, Status.of(Status.Code.UNAVAILABLE, text));
    } else {
      accept(arrival, method);
    }
  }

  private <Q, R> void accept(Arrival arrival, ServedMethod<Q, R> method) {
    try {
      CallIntake intake = arrival.intake(scope, method);
      Q message = arrival.codec.read(method.spec(), arrival.request.content());
      ConnectExchange<R> exchange = new ConnectExchange<>(arrival.codec, arrival.reply);
      RequestSource<Q> source = RequestSource.of(message);
      if (method.isUnary()) {
        start(arrival, new ServerCall<>(scope, method, intake, source, arrival.served, exchange));
      } else {
        startStream(
            arrival, UnaryWire.call(scope, method, intake, source, arrival.served, exchange));
      }
    } catch (UndecodableRequest | IllegalArgumentException e) {
      scope.gate().leave();
      Status status = Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
      arrival.turnAway(scope, status);
    }
  }

  private void start(Arrival arrival, ServerCall<?, ?> call) {
    track(arrival, call);
    if (call.method().onLoop()) {
      call.run();
      return;
    }
    Chunk alone = new Chunk(NO_BATCH);
    alone.add(call);
    alone.markUrgent();
    if (!scope.dispatcher().dispatch(alone)) {
      alone.refuse("dispatch queue is full: " + scope.dispatcher().queued());
    }
  }

  private void startStream(Arrival arrival, ServerStream<?, ?> call) {
    track(arrival, call);
    call.start();
  }

  private void track(Arrival arrival, CallInProgress<?> call) {
    current = call;
    long left = call.deadline().remainingNanos(scope.ticker().nanos());
    arrival.ctx.executor().schedule(call::expire, Math.max(0, left), TimeUnit.NANOSECONDS);
  }

  private record Arrival(
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      ConnectCodec codec,
      CallLedger.ServedCall served,
      long startNanos,
      Consumer<FullHttpResponse> reply) {

    CallIntake intake(ServerScope scope, ServedMethod<?, ?> method) {
      Metadata metadata = HttpHeadersIn.metadata(request.headers(), scope.limits());
      Deadline deadline =
          Deadline.after(
              HttpHeadersIn.timeout(HttpHeadersIn.timeoutOf(request.headers()), method.spec()),
              startNanos);
      return new CallIntake(metadata, deadline, "", startNanos, bytes());
    }

    void turnAway(ServerScope scope, Status status) {
      ServerCall.Timing unused = TurnedAway.record(scope, served, startNanos, bytes(), status);
      FullHttpResponse error = ConnectExchange.error(status);
      error.headers().set(ConnectExchange.TRACE_ID, served.traceId());
      reply.accept(error);
    }

    private int bytes() {
      return request.content().readableBytes();
    }
  }
}
