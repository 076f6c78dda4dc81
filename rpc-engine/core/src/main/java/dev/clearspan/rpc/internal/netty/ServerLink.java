package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.internal.frame.CollectFrame;
import dev.clearspan.rpc.internal.frame.ControlFrames;
import dev.clearspan.rpc.internal.frame.FrameAssembly;
import dev.clearspan.rpc.internal.frame.FrameDecoder;
import dev.clearspan.rpc.internal.frame.FrameSink;
import dev.clearspan.rpc.internal.frame.FrameType;
import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.frame.MethodName;
import dev.clearspan.rpc.internal.frame.Preface;
import dev.clearspan.rpc.internal.frame.ProtocolException;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection in Clearspan frames, from its preface to its close: greetings, pings and
 * goodbyes. Requests go to the {@link FrameIntake}, which is there when the client has said HELLO;
 * replies come back through the outbox and are flushed together. Confined to its event loop, but
 * for the outbox.
 */
final class ServerLink extends ChannelInboundHandlerAdapter implements FrameSink, ServedConnection {
  private static final long ARE_YOU_THERE = 0x69646c6500000000L;

  private final ServerScope scope;
  private final Hello hello;
  private final ServerConnections connections;
  private final FrameDecoder decoder;
  private final FrameAssembly assembly;
  private final PingGuard pings;
  private final CollectGuard collects = new CollectGuard(System.nanoTime());
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable Wiring wiring;
  private @Nullable FrameIntake intake;
  private boolean renews;

  /** What a link has as soon as it has a channel. */
  private record Wiring(
      ChannelHandlerContext context,
      String peerAddress,
      Outbox outbox,
      CallBurst burst,
      ServedCalls calls,
      LinkDrain drain) {}

  ServerLink(ServerScope scope, Hello hello, ServerConnections connections) {
    this.scope = scope;
    this.hello = hello;
    this.connections = connections;
    this.decoder = new FrameDecoder(this, scope.limits());
    this.assembly = new FrameAssembly(decoder);
    this.pings = new PingGuard(scope.limits().keepaliveMinimum());
  }

  /**
   * Announces that no more calls are taken, waits until the client has heard it, then says which
   * call was the last. Completes when later calls are refused. Thread-safe.
   */
  @Override
  public CompletableFuture<Void> drain() {
    LinkDrain goodbye = wiring().drain();
    wiring().outbox().put(goodbye::announce);
    return goodbye.done();
  }

  /** Completes when the connection is closed. */
  @Override
  public CompletableFuture<Void> closed() {
    return closed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    Outbox outbox = new Outbox(ctx.channel().eventLoop(), ctx::flush);
    ServedCalls calls = new ServedCalls(ctx.executor());
    wiring =
        new Wiring(
            ctx,
            Addresses.text(ctx.channel().remoteAddress()),
            outbox,
            new CallBurst(scope.dispatcher(), outbox),
            calls,
            new LinkDrain(ctx, calls::last));
    ctx.pipeline().addBefore(ctx.name(), null, new FrameGatherer());
    connections.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      assembly.read((ByteBuf) message, ctx.alloc());
    } catch (ProtocolException e) {
      breakOff(e);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    wiring().burst().dispatch();
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
    assembly.close();
    connections.remove(this);
    wiring().drain().closed();
    wiring().burst().dispatch();
    wiring().calls().cancelAll();
    if (intake != null) {
      intake.streams().closeAll();
    }
    closed.complete(null);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof IdleCheck check) {
      ctx.writeAndFlush(Frames.of(out -> ControlFrames.writePing(out, ARE_YOU_THERE)));
      check.asked();
    } else if (event == ConnectionAge.REACHED && renews) {
      wiring().drain().renew(scope.limits().handshake());
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    connections.note("connection of " + wiring().peerAddress() + " failed", failure);
    ctx.close();
  }

  @Override
  public void preface(int version) {
    context().write(Frames.of(Preface::write));
    if (connections.isDraining()) {
      throw new ProtocolException(GoAway.Reason.DRAINING, "");
    }
    context().writeAndFlush(Frames.of(hello::write));
  }

  @Override
  public void frame(int type, int flags, int streamId, ByteBuf payload) {
    if (type == FrameType.HELLO) {
      hello(Hello.read(payload));
    } else if (type == FrameType.GOAWAY) {
      context().close();
    } else if (intake != null) {
      afterHello(intake, type, flags, streamId, payload);
    } else {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR, "first frame: type " + type + " (expected: HELLO)");
    }
  }

  private void afterHello(FrameIntake calls, int type, int flags, int streamId, ByteBuf payload) {
    switch (type) {
      case FrameType.REQUEST -> calls.request(flags, streamId, payload);
      case FrameType.DATA -> calls.streams().data(streamId, flags, payload);
      case FrameType.END -> calls.streams().end(streamId);
      case FrameType.WINDOW -> calls.streams().window(streamId, StreamFrames.readWindow(payload));
      case FrameType.CANCEL -> calls.cancel(streamId);
      case FrameType.PING -> ping(ControlFrames.readToken(payload));
      case FrameType.PONG -> wiring().drain().heard(ControlFrames.readToken(payload));
      case FrameType.COLLECT -> collect(CollectFrame.read(payload));
      case FrameType.METHOD -> calls.bind(MethodName.read(payload));
      default -> {
        // Unknown types are skipped.
      }
    }
  }

  private void hello(Hello said) {
    if (intake != null) {
      throw new ProtocolException(GoAway.Reason.PROTOCOL_ERROR, "second HELLO (expected: one)");
    }
    intake = intake(said, wiring());
    renews = said.renews();
    connections.established(context().channel());
  }

  /** What the two sides have agreed on. */
  private FrameIntake intake(Hello said, Wiring link) {
    ChannelHandlerContext ctx = link.context();
    Limits limits = scope.limits();
    Packing packing = Packing.of(connections.compression(), said.codings().known());
    LinkReplies replies =
        new LinkReplies(
            ctx,
            link.outbox(),
            link.calls(),
            new LoadTelling(scope.load(), ctx.executor(), said.loadMillis()),
            Math.min(limits.messageBytes(), said.messageBytes()),
            packing);
    LinkStreams shared =
        new LinkStreams(ctx, link.outbox(), hello.windows(), said.windows(), limits);
    ServerStreams streams =
        new ServerStreams(
            replies, link.calls(), shared, said.codings().inStreams() ? packing : Packing.NONE);
    LinkCaller caller =
        new LinkCaller(said.service(), CallerIdentity.of(ctx.channel()), link.peerAddress());
    return new FrameIntake(
        scope,
        caller,
        link.drain(),
        hello.instanceId(),
        link.calls(),
        link.burst(),
        replies,
        streams);
  }

  private void collect(long[] traceIds) {
    if (collects.admits(System.nanoTime())) {
      scope.ledger().collect(traceIds);
    }
  }

  private void ping(long token) {
    pings.heard(System.nanoTime());
    context().writeAndFlush(Frames.of(out -> ControlFrames.writePong(out, token)));
  }

  private void breakOff(ProtocolException broken) {
    decoder.stop();
    connections.note("connection of " + wiring().peerAddress() + " broke the protocol", broken);
    int last =
        broken.reason() == GoAway.Reason.DRAINING ? wiring().calls().last() : GoAway.ANNOUNCED;
    GoAway goAway = new GoAway(last, broken.reason(), String.valueOf(broken.getMessage()));
    context().writeAndFlush(Frames.of(goAway::write)).addListener(ChannelFutureListener.CLOSE);
  }

  private ChannelHandlerContext context() {
    return wiring().context();
  }

  private Wiring wiring() {
    if (wiring == null) {
      throw new IllegalStateException("link is not connected");
    }
    return wiring;
  }
}
