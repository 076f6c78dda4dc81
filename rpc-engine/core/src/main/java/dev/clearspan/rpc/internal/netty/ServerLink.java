package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.internal.frame.Compressed;
import dev.clearspan.rpc.internal.frame.ControlFrames;
import dev.clearspan.rpc.internal.frame.FrameDecoder;
import dev.clearspan.rpc.internal.frame.FrameSink;
import dev.clearspan.rpc.internal.frame.FrameType;
import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.frame.MethodName;
import dev.clearspan.rpc.internal.frame.Preface;
import dev.clearspan.rpc.internal.frame.ProtocolException;
import dev.clearspan.rpc.internal.frame.RequestHead;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.CallIntake;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.server.ServerCall;
import dev.clearspan.rpc.server.ServerScope;
import dev.clearspan.rpc.server.ServerStream;
import dev.clearspan.rpc.server.TurnedAway;
import dev.clearspan.rpc.server.UnaryWire;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection in Clearspan frames. Requests of one read burst are gathered in chunks and
 * dispatched when the burst ends; replies come back through the outbox and are flushed together.
 * Confined to its event loop, but for the outbox.
 */
final class ServerLink extends ByteToMessageDecoder implements FrameSink, ServedConnection {
  private static final long ARE_YOU_THERE = 0x69646c6500000000L;

  private final ServerScope scope;
  private final Hello hello;
  private final ServerConnections connections;
  private final FrameDecoder decoder;
  private final PingGuard pings;
  private final StreamTable<CallInProgress<?>> calls = new StreamTable<>();
  private final @Nullable BoundId[] methods = new BoundId[MethodName.MAX_ID + 1];
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Outbox outbox;
  private @Nullable DeadlineSweep deadlines;
  private @Nullable CallBurst burst;
  private @Nullable ServerStreams streams;
  private @Nullable LinkDrain drain;
  private @Nullable LoadTelling loadTelling;
  private @Nullable Hello peer;
  private String peerAddress = "";
  private @Nullable String callerIdentity;
  private volatile int mostReplyBytes;
  private volatile Packing packing = Packing.NONE;
  private int lastStream;

  /** What a method id stands for; {@code served} is null when the server has no such method. */
  private record BoundId(MethodName name, @Nullable ServedMethod<?, ?> served) {}

  ServerLink(ServerScope scope, Hello hello, ServerConnections connections) {
    this.scope = scope;
    this.hello = hello;
    this.connections = connections;
    this.decoder = new FrameDecoder(this, scope.limits());
    this.pings = new PingGuard(scope.limits().keepaliveMinimum());
    this.mostReplyBytes = scope.limits().messageBytes();
  }

  Outbox outbox() {
    if (outbox == null) {
      throw new IllegalStateException("link is not connected");
    }
    return outbox;
  }

  /** Which replies are compressed. */
  Packing packing() {
    return packing;
  }

  int mostReplyBytes() {
    return mostReplyBytes;
  }

  /** A complete RESPONSE frame for an error. */
  ByteBuf failure(
      int streamId, Status status, Metadata metadata, boolean refused, ServerCall.Timing timing) {
    ResponseHead head =
        new ResponseHead(
            status, timing.keep(), refused, timing.serverNanos(), timing.queueNanos(), metadata);
    return Frames.of(out -> head.write(out, streamId, 0));
  }

  /** Writes a call's reply, unless the connection is gone; the outbox flushes. */
  void write(int streamId, ByteBuf reply) {
    ended(streamId);
    write(loadTelling == null ? reply : loadTelling.reply(reply));
  }

  /** The RESPONSE of a stream as it is to be written. */
  ByteBuf streamEnd(ByteBuf response) {
    return loadTelling == null ? response : loadTelling.streamEnd(response);
  }

  /** Writes a frame, unless the connection is gone; the outbox flushes. */
  void write(ByteBuf frame) {
    ChannelHandlerContext ctx = requireContext();
    if (ctx.channel().isActive()) {
      ctx.write(frame, ctx.voidPromise());
    } else {
      frame.release();
    }
  }

  /** The call's outcome has been written: its id is free. */
  void ended(int streamId) {
    calls.remove(streamId);
  }

  /** Whether the client has used this id lately; older ones may be in use again. */
  boolean wasOpened(int streamId) {
    return lastStream != 0 && streamId > 0 && !CallTable.isAfter(streamId, lastStream);
  }

  /** Runs the action on the loop when the deadline has passed. */
  void schedule(Runnable action, Deadline deadline) {
    long left = Math.max(0, deadline.remainingNanos(scope.ticker().nanos()));
    requireContext().executor().schedule(action, left, TimeUnit.NANOSECONDS);
  }

  /**
   * Announces that no more calls are taken, waits until the client has heard it, then says which
   * call was the last. Completes when later calls are refused. Thread-safe.
   */
  @Override
  public CompletableFuture<Void> drain() {
    LinkDrain goodbye = goodbye();
    outbox().put(goodbye::announce);
    return goodbye.done();
  }

  /** Completes when the connection is closed. */
  @Override
  public CompletableFuture<Void> closed() {
    return closed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    peerAddress = Addresses.text(ctx.channel().remoteAddress());
    callerIdentity = CallerIdentity.of(ctx.channel());
    outbox = new Outbox(ctx.channel().eventLoop(), ctx::flush);
    burst = new CallBurst(scope.dispatcher(), outbox);
    deadlines = new DeadlineSweep(ctx.executor(), calls::values);
    drain = new LinkDrain(ctx, () -> lastStream);
    ctx.pipeline().addBefore(ctx.name(), null, new FrameGatherer());
    connections.add(this);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    try {
      decoder.decode(in);
    } catch (ProtocolException e) {
      in.skipBytes(in.readableBytes());
      breakOff(e);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    dispatchGathered();
    super.channelReadComplete(ctx);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    // A client that does not read its replies is not read from either.
    ctx.channel().config().setAutoRead(ctx.channel().isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    connections.remove(this);
    goodbye().closed();
    dispatchGathered();
    if (deadlines != null) {
      deadlines.stop();
    }
    Collection<CallInProgress<?>> open = calls.values();
    calls.clear();
    open.forEach(CallInProgress::cancel);
    if (streams != null) {
      streams.closeAll();
    }
    closed.complete(null);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof IdleCheck check) {
      ctx.writeAndFlush(Frames.of(out -> ControlFrames.writePing(out, ARE_YOU_THERE)));
      check.asked();
    } else if (event == ConnectionAge.REACHED && peer != null && peer.renews()) {
      goodbye().renew(scope.limits().handshake());
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    connections.note("connection of " + peerAddress + " failed", failure);
    ctx.close();
  }

  @Override
  public void preface(int version) {
    requireContext().write(Frames.of(Preface::write));
    if (connections.isDraining()) {
      throw new ProtocolException(GoAway.Reason.DRAINING, "");
    }
    requireContext().writeAndFlush(Frames.of(hello::write));
  }

  @Override
  public void frame(int type, int flags, int streamId, ByteBuf payload) {
    if (peer == null && type != FrameType.HELLO && type != FrameType.GOAWAY) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR, "first frame: type " + type + " (expected: HELLO)");
    }
    switch (type) {
      case FrameType.REQUEST -> request(flags, streamId, payload);
      case FrameType.DATA -> streams().data(streamId, flags, payload);
      case FrameType.END -> streams().end(streamId);
      case FrameType.WINDOW -> streams().window(streamId, StreamFrames.readWindow(payload));
      case FrameType.CANCEL -> cancel(streamId);
      case FrameType.PING -> ping(ControlFrames.readToken(payload));
      case FrameType.PONG -> goodbye().heard(ControlFrames.readToken(payload));
      case FrameType.METHOD -> bind(MethodName.read(payload));
      case FrameType.HELLO -> hello(Hello.read(payload));
      case FrameType.GOAWAY -> requireContext().close();
      default -> {
        // Unknown types are skipped.
      }
    }
  }

  private void hello(Hello said) {
    if (peer != null) {
      throw new ProtocolException(GoAway.Reason.PROTOCOL_ERROR, "second HELLO (expected: one)");
    }
    peer = said;
    mostReplyBytes = Math.min(scope.limits().messageBytes(), said.messageBytes());
    LinkStreams shared =
        new LinkStreams(
            requireContext(), outbox(), hello.windows(), said.windows(), scope.limits());
    packing = Packing.of(connections.compression(), said.codings().known());
    streams = new ServerStreams(this, shared, said.codings().inStreams() ? packing : Packing.NONE);
    loadTelling = new LoadTelling(scope.load(), requireContext().executor());
    loadTelling.every(said.loadMillis());
    connections.established(requireContext().channel());
  }

  private ServerStreams streams() {
    if (streams == null) {
      throw new IllegalStateException("no HELLO yet");
    }
    return streams;
  }

  private void bind(MethodName name) {
    methods[name.id()] = new BoundId(name, scope.methods().find(name.fullName()));
  }

  private void ping(long token) {
    pings.heard(System.nanoTime());
    requireContext().writeAndFlush(Frames.of(out -> ControlFrames.writePong(out, token)));
  }

  private void cancel(int streamId) {
    CallInProgress<?> call = calls.remove(streamId);
    if (call != null) {
      call.cancel();
    }
    streams().cancelled(streamId);
  }

  private void request(int flags, int streamId, ByteBuf payload) {
    if (streamId <= 0 || calls.containsKey(streamId)) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "stream id: " + streamId + " (expected: positive and not in use)");
    }
    RequestHead head = RequestHead.read(payload, flags, scope.limits());
    BoundId method = head.methodId() > MethodName.MAX_ID ? null : methods[head.methodId()];
    if (method == null) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "method id: " + head.methodId() + " (expected: one bound by METHOD)");
    }
    lastStream = streamId;
    long now = scope.ticker().nanos();
    CallLedger.ServedCall served =
        scope
            .ledger()
            .beginServed(method.name().fullName(), head.trace(), callerOrNull(), peerAddress);
    Arrival arrival =
        new Arrival(streamId, head, Compressed.in(flags), now, payload.readableBytes(), served);
    MethodShape opened = RequestHead.opened(flags);
    if (method.served() == null) {
      turnAway(arrival, scope.methods().missing(method.name().fullName()), false);
    } else if (opened != null) {
      open(arrival, method.served(), method.name(), opened);
    } else {
      admit(arrival, method.served(), method.name(), payload);
    }
  }

  private <Q, R> void open(
      Arrival arrival, ServedMethod<Q, R> method, MethodName name, MethodShape shape) {
    Status unfit = Admission.unfitStream(method, name, shape, arrival.bytes());
    if (unfit != null) {
      turnAway(arrival, unfit, false);
      return;
    }
    String full = fullness(arrival.head());
    if (full != null) {
      scope.gate().countRefused();
      turnAway(arrival, Status.of(Status.Code.UNAVAILABLE, full), true);
      return;
    }
    ServedFlow<Q, R> flow = streams().open(arrival.streamId(), method.spec());
    ServerStream<Q, R> call =
        new ServerStream<>(scope, method, intake(arrival), arrival.served(), flow);
    flow.serve(call);
    track(arrival.streamId(), call);
    call.start();
  }

  private CallIntake intake(Arrival arrival) {
    RequestHead head = arrival.head();
    Deadline deadline =
        new Deadline(arrival.startNanos() + Admission.bounded(head.remainingNanos()));
    return new CallIntake(
        head.metadata(),
        deadline,
        head.criticality(),
        callerName(),
        callerIdentity,
        arrival.startNanos(),
        arrival.bytes());
  }

  private <Q, R> void admit(
      Arrival arrival, ServedMethod<Q, R> method, MethodName name, ByteBuf payload) {
    Status unfit = Admission.unfit(method, name, arrival.bytes(), scope.limits());
    if (unfit != null) {
      turnAway(arrival, unfit, false);
      return;
    }
    String full = fullness(arrival.head());
    if (full != null) {
      scope.gate().countRefused();
      turnAway(arrival, Status.of(Status.Code.UNAVAILABLE, full), true);
      return;
    }
    try {
      accept(
          arrival,
          method,
          FramePayload.source(method.spec(), payload, arrival.coding(), scope.limits()));
    } catch (UndecodableRequest e) {
      scope.gate().leave();
      Status status = Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
      turnAway(arrival, status, false);
    }
  }

  /** Why no further call can be taken now, or null and then the gate has been entered. */
  private @Nullable String fullness(RequestHead head) {
    String refusal = goodbye().refusal(hello.instanceId());
    if (refusal != null) {
      return refusal;
    }
    if (calls.size() >= scope.limits().inFlightPerConnection()) {
      return "calls in flight on this connection: " + calls.size();
    }
    return scope.gate().refusal(head.criticality());
  }

  private <Q, R> void accept(Arrival arrival, ServedMethod<Q, R> method, RequestSource<Q> source) {
    CallIntake intake = intake(arrival);
    FrameExchange<R> exchange = new FrameExchange<>(this, arrival.streamId());
    if (!method.isUnary()) {
      ServerStream<Q, R> call =
          UnaryWire.call(scope, method, intake, source, arrival.served(), exchange);
      track(arrival.streamId(), call);
      call.start();
      return;
    }
    ServerCall<Q, R> call =
        new ServerCall<>(scope, method, intake, source, arrival.served(), exchange);
    track(arrival.streamId(), call);
    if (method.onLoop() || burst == null) {
      call.run();
    } else {
      burst.add(call);
    }
  }

  private void track(int streamId, CallInProgress<?> call) {
    calls.put(streamId, call);
    if (deadlines != null) {
      deadlines.add(call.deadline());
    }
  }

  private void dispatchGathered() {
    if (burst != null) {
      burst.dispatch();
    }
  }

  private void turnAway(Arrival arrival, Status status, boolean refused) {
    ServerCall.Timing timing =
        TurnedAway.record(scope, arrival.served(), arrival.startNanos(), arrival.bytes(), status);
    ByteBuf reply = failure(arrival.streamId(), status, Metadata.EMPTY, refused, timing);
    outbox().put(() -> write(reply));
  }

  private void breakOff(ProtocolException broken) {
    decoder.stop();
    connections.note("connection of " + peerAddress + " broke the protocol", broken);
    int last = broken.reason() == GoAway.Reason.DRAINING ? lastStream : GoAway.ANNOUNCED;
    GoAway goAway = new GoAway(last, broken.reason(), String.valueOf(broken.getMessage()));
    requireContext()
        .writeAndFlush(Frames.of(goAway::write))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private LinkDrain goodbye() {
    if (drain == null) {
      throw new IllegalStateException("link is not connected");
    }
    return drain;
  }

  private String callerName() {
    return peer == null ? "" : peer.service();
  }

  private @Nullable String callerOrNull() {
    return callerName().isEmpty() ? null : callerName();
  }

  private ChannelHandlerContext requireContext() {
    if (context == null) {
      throw new IllegalStateException("link is not connected");
    }
    return context;
  }

  /** A request as it came, before it is admitted. */
  private record Arrival(
      int streamId,
      RequestHead head,
      @Nullable Coding coding,
      long startNanos,
      int bytes,
      CallLedger.ServedCall served) {}
}
