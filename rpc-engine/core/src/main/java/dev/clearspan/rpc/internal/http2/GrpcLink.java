package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.internal.http1.HttpRoutes;
import dev.clearspan.rpc.internal.netty.Addresses;
import dev.clearspan.rpc.internal.netty.CallBurst;
import dev.clearspan.rpc.internal.netty.CallerIdentity;
import dev.clearspan.rpc.internal.netty.ConnectionAge;
import dev.clearspan.rpc.internal.netty.DeadlineSweep;
import dev.clearspan.rpc.internal.netty.IdleCheck;
import dev.clearspan.rpc.internal.netty.Outbox;
import dev.clearspan.rpc.internal.netty.ServedConnection;
import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import dev.clearspan.rpc.server.Admission;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.server.ServerCall;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.collection.IntObjectHashMap;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection in HTTP/2. What Netty's codec reads goes to {@link GrpcFrames} and from
 * there, stream by stream, to a {@link GrpcRequest}; unary calls of one read burst are dispatched
 * together when it ends; replies come back through the outbox and are flushed together. Confined to
 * its event loop, but for the outbox.
 */
final class GrpcLink extends Http2ConnectionHandler implements ServedConnection {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcLink.class);

  private static final long IDLE_TOKEN = 0x69646c6500000000L;

  /** Time for a client to close the connection, once its last call is answered. */
  private static final long LINGER_MILLIS = 1_000;

  private static final String DRAINING = "draining";

  private final ServerScope scope;
  private final ServerSocketListener listener;
  private final IntObjectHashMap<GrpcRequest> requests = new IntObjectHashMap<>(64);
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final FloodGuard guard;
  private final PlainRequests plain;
  private final FrameBatch batch = new FrameBatch();
  private final ReplyWriter writer;
  private @Nullable GrpcRequest newest; // stream ids grow: what comes next is mostly for this one
  private @Nullable ChannelHandlerContext context;
  private @Nullable Outbox outbox;
  private @Nullable GrpcDrain drain;
  private @Nullable CallBurst burst;
  private @Nullable DeadlineSweep deadlines;
  private String peerAddress = "";
  private @Nullable String callerIdentity;
  private boolean lingering;

  GrpcLink(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      Http2HeadersEncoder hpack,
      ServerScope scope,
      ServerSocketListener listener,
      HttpRoutes routes) {
    super(decoder, encoder, settings, true);
    this.plain = new PlainRequests(this, routes);
    this.scope = scope;
    this.listener = listener;
    this.writer = new ReplyWriter(this, new WholeMessages(this, hpack, batch));
    this.guard = new FloodGuard(scope.limits().keepaliveMinimum());
  }

  ServerScope scope() {
    return scope;
  }

  Outbox outbox() {
    return present(outbox);
  }

  FloodGuard guard() {
    return guard;
  }

  /** Who the client is by its certificate. */
  @Nullable String callerIdentity() {
    return callerIdentity;
  }

  String peerAddress() {
    return peerAddress;
  }

  /** The request on this stream, if it has one that is still open. */
  @Nullable GrpcRequest request(int streamId) {
    GrpcRequest last = newest;
    if (last == null || streamId < last.arrival.streamId()) {
      return requests.get(streamId);
    }
    return streamId == last.arrival.streamId() ? last : null;
  }

  /** A request has come. */
  void add(GrpcRequest request) {
    requests.put(request.arrival.streamId(), request);
    newest = request;
    present(deadlines).add(request.deadline());
    request.begin();
  }

  /** The stream is closed, and its request with it. */
  void remove(Http2Stream stream) {
    GrpcRequest request = requests.remove(stream.id());
    if (request != null) {
      newest = request == newest ? null : newest;
      request.closed();
    }
    plain.closed(stream.id());
    if (drain != null && drain.isRefusing()) {
      outbox().put(this::closeIfDone);
    }
  }

  /** The call's place at the gate, or why it gets none. */
  Admission admit(ServedMethod<?, ?> method, RequestHead head) {
    return scope.gate().admit(method, head.criticality(), head.caller(), callerIdentity);
  }

  /** Runs an admitted call: with the others of this read burst, or at once if it is to. */
  void run(ServerCall<?, ?> call) {
    if (call.method().onLoop()) {
      call.run();
    } else {
      present(burst).add(call);
    }
  }

  /** The client has spoken HTTP/2. */
  void established() {
    listener.established(context().channel());
  }

  /** The client has answered a ping. */
  void pingAnswered(long token) {
    present(drain).heard(token);
  }

  /** Those of the connection's requests that are no gRPC. */
  PlainRequests plain() {
    return plain;
  }

  /** Writes to the connection's streams. */
  ReplyWriter writer() {
    return writer;
  }

  @Override
  public CompletableFuture<Void> drain() {
    outbox().put(() -> present(drain).announce(DRAINING));
    return present(drain).done();
  }

  @Override
  public CompletableFuture<Void> closed() {
    return closed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    ctx.pipeline().addBefore(ctx.name(), null, batch);
    peerAddress = Addresses.text(ctx.channel().remoteAddress());
    callerIdentity = CallerIdentity.of(ctx.channel());
    Outbox box = new Outbox(ctx.channel().eventLoop(), () -> flush(ctx));
    outbox = box;
    burst = new CallBurst(scope.dispatcher(), box);
    GrpcDrain goodbye = new GrpcDrain(this, ctx);
    goodbye.done().thenRun(() -> box.put(this::closeIfDone));
    drain = goodbye;
    deadlines = new DeadlineSweep(ctx.executor(), requests::values);
    super.handlerAdded(ctx);
    var window = decoder().flowController();
    Http2Stream whole = connection().connectionStream();
    // Given back as it is used, so that no stalled stream stops the others.
    window.incrementWindowSize(whole, scope.limits().connectionWindow() - window.windowSize(whole));
    listener.add(this);
    if (listener.isDraining()) {
      box.put(() -> goodbye.refuse(DRAINING));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    present(burst).dispatch();
    super.channelReadComplete(ctx);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    // A client that does not read its replies is not read from either.
    ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    super.channelWritabilityChanged(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof IdleCheck check) {
      encoder().writePing(ctx, false, IDLE_TOKEN, ctx.newPromise());
      flush(ctx);
      check.asked();
    } else if (event == ConnectionAge.REACHED) {
      present(drain).announce("connection age");
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    listener.remove(this);
    present(burst).dispatch();
    super.channelInactive(ctx);
    present(deadlines).stop();
    present(drain).closed();
    closed.complete(null);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (cause instanceof IOException) {
      LOG.debug("connection of {} is lost: {}", peerAddress, cause.toString());
      ctx.close();
    } else {
      super.exceptionCaught(ctx, cause);
    }
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException broken) {
    LOG.debug("stream {} of {}: {}", broken.streamId(), peerAddress, broken.getMessage());
    try {
      guard.reset(scope.ticker().nanos());
    } catch (Http2Exception flood) {
      onConnectionError(ctx, outbound, flood, flood);
      return;
    }
    super.onStreamError(ctx, outbound, cause, broken);
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception broken) {
    LOG.debug("connection of {} broke the protocol: {}", peerAddress, cause.toString());
    super.onConnectionError(ctx, outbound, cause, broken);
  }

  private boolean isIdle() {
    return requests.isEmpty() && plain.isEmpty();
  }

  /**
   * The last call of a draining connection has been answered. Closing is the client's part: if we
   * did, requests on their way would meet a closed socket, and the reset that answers them would
   * take the GOAWAY with it that says that they were not run. One that does not close is closed.
   */
  private void closeIfDone() {
    if (isIdle() && !lingering && context().channel().isActive()) {
      lingering = true;
      flush(context());
      context().executor().schedule(this::closeNow, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void closeNow() {
    context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Where this handler stands in its pipeline. */
  ChannelHandlerContext context() {
    return present(context);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("link is not connected");
    }
    return value;
  }
}
