package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.netty.Addresses;
import dev.clearspan.rpc.internal.netty.CallerIdentity;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.TraceParent;
import dev.clearspan.rpc.limit.RefusalReason;
import dev.clearspan.rpc.server.Admission;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.CallIntake;
import dev.clearspan.rpc.server.Chunk;
import dev.clearspan.rpc.server.Place;
import dev.clearspan.rpc.server.Refusal;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.server.ServerCall;
import dev.clearspan.rpc.server.ServerScope;
import dev.clearspan.rpc.server.ServerStream;
import dev.clearspan.rpc.server.TurnedAway;
import dev.clearspan.rpc.server.UnaryWire;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One Connect call: from its request to the start of its handler. Loop-confined but for replies.
 */
final class ConnectCall {
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
  private final ChannelHandlerContext ctx;
  private final HttpHeaders headers;
  private final ConnectRequest request;
  private final Consumer<FullHttpResponse> reply;
  private final CallLedger.ServedCall served;
  private final long startNanos;
  private final int bytes;
  private @Nullable CallInProgress<?> running;
  private @Nullable ScheduledFuture<?> timer;

  ConnectCall(
      ServerScope scope,
      ChannelHandlerContext ctx,
      FullHttpRequest http,
      ConnectRequest request,
      String name,
      Consumer<FullHttpResponse> reply) {
    this.scope = scope;
    this.ctx = ctx;
    this.headers = http.headers();
    this.request = request;
    this.reply = reply;
    this.startNanos = scope.ticker().nanos();
    this.bytes = request.message().readableBytes();
    this.served =
        scope
            .ledger()
            .beginServed(
                name,
                TraceParent.parse(headers.get(TraceParent.HEADER)),
                null,
                Addresses.text(ctx.channel().remoteAddress()));
  }

  /** Runs the call if there is room and it can be understood. */
  <Q, R> void admit(ServedMethod<Q, R> method) {
    Status unfit = unfit(method);
    if (unfit != null) {
      turnAway(unfit);
      return;
    }
    Criticality criticality = HttpHeadersIn.criticality(headers);
    Admission admission =
        scope.gate().admit(method, criticality, "", CallerIdentity.of(ctx.channel()));
    if (admission instanceof Refusal refusal) {
      refuse(refusal);
    } else {
      accept((Place) admission, method);
    }
  }

  /** Answers without running anything. */
  void turnAway(Status status) {
    answer(status, ConnectError.reply(status));
  }

  /** The server is draining. */
  void refuseDraining() {
    Criticality criticality = HttpHeadersIn.criticality(headers);
    refuse(scope.gate().refusal(RefusalReason.DRAINING, criticality, "draining"));
  }

  private void refuse(Refusal refusal) {
    FullHttpResponse error = ConnectError.reply(refusal.status());
    ConnectExchange.addRefusal(refusal.metadata(), error.headers());
    answer(refusal.status(), error);
  }

  private void answer(Status status, FullHttpResponse error) {
    ServerCall.Timing unused = TurnedAway.record(scope, served, startNanos, bytes, status);
    error.headers().set(ConnectExchange.TRACE_ID, served.traceId());
    reply.accept(error);
  }

  /** The client is gone. */
  void cancel() {
    if (running != null) {
      running.cancel();
    }
    ended();
  }

  private @Nullable Status unfit(ServedMethod<?, ?> method) {
    String name = method.spec().fullName();
    if (method.spec().shape() != MethodShape.UNARY) {
      return Status.of(
          Status.Code.UNIMPLEMENTED,
          name + " is " + method.spec().shape() + " (expected in HTTP/1.1: UNARY)");
    }
    if (!request.codec().speaks(method.spec())) {
      return Status.of(
          Status.Code.UNIMPLEMENTED,
          name + " speaks codec " + method.spec().requestCodec().name() + " only");
    }
    return null;
  }

  private <Q, R> void accept(Place place, ServedMethod<Q, R> method) {
    try {
      CallIntake intake = intake(method);
      ContentCoding coding = ContentCoding.ofReply(headers, request.encoding());
      ConnectExchange<R> exchange =
          new ConnectExchange<>(request.codec(), coding, scope.limits(), this::answer);
      RequestSource<Q> source = BodySource.of(request, method.spec(), scope.limits());
      if (method.isUnary()) {
        start(new ServerCall<>(scope, place, method, intake, source, served, exchange));
      } else {
        ServerStream<Q, R> call =
            UnaryWire.call(scope, place, method, intake, source, served, exchange);
        track(call);
        call.start();
      }
    } catch (UndecodableRequest | IllegalArgumentException e) {
      place.leave();
      turnAway(Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
    }
  }

  private CallIntake intake(ServedMethod<?, ?> method) {
    Metadata metadata = HttpHeadersIn.metadata(headers, scope.limits());
    String timeout = HttpHeadersIn.timeoutOf(headers);
    Deadline deadline = Deadline.after(HttpHeadersIn.timeout(timeout, method.spec()), startNanos);
    String identity = CallerIdentity.of(ctx.channel());
    Criticality criticality = HttpHeadersIn.criticality(headers);
    return new CallIntake(metadata, deadline, criticality, "", identity, startNanos, bytes, 1);
  }

  private void start(ServerCall<?, ?> call) {
    track(call);
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

  private void track(CallInProgress<?> call) {
    running = call;
    long left = Math.max(0, call.deadline().remainingNanos(scope.ticker().nanos()));
    timer = ctx.executor().schedule(call::expire, left, TimeUnit.NANOSECONDS);
  }

  /** Any thread. */
  private void answer(FullHttpResponse response) {
    reply.accept(response);
    if (ctx.executor().inEventLoop()) {
      ended();
    } else {
      ctx.executor().execute(this::ended);
    }
  }

  private void ended() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
