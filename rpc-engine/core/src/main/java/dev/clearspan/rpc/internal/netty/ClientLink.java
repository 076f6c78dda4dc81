package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.internal.frame.CollectFrame;
import dev.clearspan.rpc.internal.frame.Compressed;
import dev.clearspan.rpc.internal.frame.ControlFrames;
import dev.clearspan.rpc.internal.frame.FrameAssembly;
import dev.clearspan.rpc.internal.frame.FrameDecoder;
import dev.clearspan.rpc.internal.frame.FrameSink;
import dev.clearspan.rpc.internal.frame.FrameType;
import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.frame.Preface;
import dev.clearspan.rpc.internal.frame.ProtocolException;
import dev.clearspan.rpc.internal.frame.RequestHead;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.internal.frame.StreamWindows;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to a server, from connect to close: HELLO, calls by stream id, pings, GOAWAY.
 * Confined to its event loop. Its owner hears {@code ready}, perhaps that the server wants to be
 * rid of it, and {@code lost} exactly once if the connection had been made.
 */
final class ClientLink extends ChannelInboundHandlerAdapter implements FrameSink, Dialer.Link {
  /** What the link tells the connection it belongs to. */
  interface Owner {
    void ready(ClientLink link, Hello peer);

    /** The server goes: it takes no more calls, here or on another link. */
    void draining(String reason);

    /** The server has said how loaded it is. */
    void loaded(LoadReport report);

    /** The server asks for another link in place of this one, which takes calls until then. */
    void renewing(ClientLink link);

    /** The server takes no more calls on this link, but on another. */
    void replaced(ClientLink link, String reason);

    void lost(ClientLink link, String reason);
  }

  private static final int PING_INTERVAL_MILLIS = 500;

  private final EndpointAddress address;
  private final ProcessIdentity identity;
  private final Limits limits;
  private final Owner owner;
  private final Outbox outbox;
  private final FrameDecoder decoder;
  private final FrameAssembly assembly;
  private final MethodIds methods = new MethodIds();
  private final CallTable calls = new CallTable();
  private final Consumer<LoadReport> loads = this::loaded;
  private PeerWatch watch = new PeerWatch(PING_INTERVAL_MILLIS);
  private @Nullable ChannelHandlerContext context;
  private @Nullable LinkStreams streams;
  private @Nullable ScheduledFuture<?> clock;
  private boolean helloRead;
  private boolean finishing;
  private LinkFault fault = LinkFault.CLOSED;
  private String whyClosed = "";

  ClientLink(
      EndpointAddress address,
      ProcessIdentity identity,
      Limits limits,
      Owner owner,
      Outbox outbox) {
    this.outbox = outbox;
    this.address = address;
    this.identity = identity;
    this.limits = limits;
    this.owner = owner;
    this.decoder = new FrameDecoder(this, limits);
    this.assembly = new FrameAssembly(decoder);
  }

  /** Writes the call's request; the owner flushes. */
  void send(Exchange<?> call) {
    ChannelHandlerContext ctx = requireContext();
    if (call.isStream() && !speaksStreams()) {
      call.notSent(
          Status.of(Status.Code.UNIMPLEMENTED, address.authority() + " speaks no streams"));
      return;
    }
    int method = methods.of(call.method, name -> ctx.write(Frames.of(name::write)));
    if (method == MethodIds.NONE) {
      call.notSent(
          Status.of(
              Status.Code.RESOURCE_EXHAUSTED,
              "more than 1024 methods on the connection to " + address.authority()));
      return;
    }
    ByteBuf frame = call.takeFrame();
    call.sentOn = this;
    call.streamId = calls.add(call);
    startWatch();
    long remaining = call.deadline.remainingNanos(System.nanoTime());
    RequestHead.complete(frame, call.streamId, method, remaining);
    ctx.write(frame, ctx.voidPromise());
    call.sent(streams());
  }

  /** Asks the server for its part of traces; the owner flushes. */
  void collect(long[] traceIds) {
    requireContext().write(Frames.of(out -> CollectFrame.write(out, traceIds)));
  }

  /** Gives the call up if it still is in flight here; says whether it was. */
  boolean cancel(Exchange<?> call) {
    if (!calls.remove(call)) {
      return false;
    }
    ByteBuf frame = Frames.of(out -> ControlFrames.writeCancel(out, call.streamId));
    requireContext().write(frame);
    call.cancelled();
    closeWhenDone();
    return true;
  }

  /** Pings the server though no call is in flight, or not any more; once there was its HELLO. */
  void probe(boolean on) {
    watch.probe(on);
    if (on) {
      startWatch();
    }
  }

  @Override
  public void finish() {
    finishing = true;
    closeWhenDone();
  }

  @Override
  public LinkFault fault() {
    return fault;
  }

  @Override
  public void flush() {
    if (context != null) {
      context.flush();
    }
  }

  @Override
  public ChannelHandler handler() {
    return this;
  }

  @Override
  public void close(String reason) {
    noteCause(reason);
    if (context != null) {
      context.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.pipeline().addBefore(ctx.name(), null, new FrameGatherer());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    ctx.write(Frames.of(Preface::write));
    ctx.writeAndFlush(Frames.of(Hello.of(identity, limits)::write));
    clock =
        ctx.executor()
            .schedule(this::helloOverdue, limits.handshake().toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    watch.heard();
    try {
      assembly.read((ByteBuf) message, ctx.alloc());
    } catch (ProtocolException e) {
      breakOff(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    assembly.close();
    if (clock != null) {
      clock.cancel(false);
    }
    noteCause("connection closed by " + address.authority());
    owner.lost(this, whyClosed);
    Status status = Status.of(Status.Code.UNAVAILABLE, "connection lost: " + whyClosed);
    calls.drain(call -> call.lost(status));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    close(String.valueOf(failure.getMessage()));
  }

  @Override
  public void preface(int version) {}

  @Override
  public void frame(int type, int flags, int streamId, ByteBuf payload) {
    if (!helloRead && type != FrameType.HELLO && type != FrameType.GOAWAY) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR, "first frame: type " + type + " (expected: HELLO)");
    }
    switch (type) {
      case FrameType.RESPONSE -> response(flags, streamId, payload);
      case FrameType.DATA -> data(flags, streamId, payload);
      case FrameType.WINDOW -> window(streamId, StreamFrames.readWindow(payload));
      case FrameType.HEADERS -> headers(flags, streamId, payload);
      case FrameType.HELLO -> hello(Hello.read(payload));
      case FrameType.GOAWAY -> goAway(GoAway.read(payload));
      case FrameType.PING -> pong(ControlFrames.readToken(payload));
      default -> {
        // PONG has been heard already; unknown types are skipped.
      }
    }
  }

  private void response(int flags, int streamId, ByteBuf payload) {
    ResponseHead head = ResponseHead.read(payload, flags, limits, loads);
    Exchange<?> call = calls.remove(streamId);
    if (call != null) {
      Coding coding = Compressed.in(flags);
      if (coding != null) {
        inflate(head, coding, payload.retain(), call);
      } else {
        call.replied(head, payload, requireContext().executor());
      }
      closeWhenDone();
    }
  }

  private void loaded(LoadReport report) {
    owner.loaded(report.heardAt(System.nanoTime()));
  }

  private void headers(int flags, int streamId, ByteBuf payload) {
    Metadata headers = StreamFrames.readHeaders(payload, flags, limits);
    Exchange<?> call = calls.find(streamId);
    if (call != null) {
      call.headers(headers);
    }
  }

  /** A piece of a stream; of one that has ended it is dropped. */
  private void data(int flags, int streamId, ByteBuf payload) {
    streams().received(payload.readableBytes());
    if (calls.find(streamId) instanceof ClientStream<?, ?> stream) {
      stream.data(payload, flags);
    } else if (calls.wasGiven(streamId)) {
      streams().consumed(StreamFrames.cost(payload.readableBytes()));
    } else {
      throw unknownStream("DATA", streamId);
    }
  }

  private void window(int streamId, int increment) {
    if (streamId == 0) {
      streams().turns().granted(increment);
    } else if (calls.find(streamId) instanceof ClientStream<?, ?> stream) {
      stream.granted(increment);
    } else if (!calls.wasGiven(streamId)) {
      throw unknownStream("WINDOW", streamId);
    }
  }

  private static ProtocolException unknownStream(String what, int streamId) {
    return new ProtocolException(
        GoAway.Reason.PROTOCOL_ERROR,
        what + " on stream " + streamId + " (expected: a stream that a REQUEST has opened)");
  }

  private boolean speaksStreams() {
    return streams().peerCredit() > 0;
  }

  private LinkStreams streams() {
    if (streams == null) {
      throw new IllegalStateException("no HELLO from " + address.authority() + " yet");
    }
    return streams;
  }

  /** Inflates the message off the loop; the call ends on it. */
  private void inflate(ResponseHead head, Coding coding, ByteBuf packed, Exchange<?> call) {
    Executor loop = requireContext().executor();
    LargePayloads.parse(
        () -> {
          InflatedReply reply = InflatedReply.of(head, coding, packed, limits);
          loop.execute(() -> reply.to(call, loop));
        });
  }

  private void hello(Hello peer) {
    if (helloRead) {
      throw new ProtocolException(GoAway.Reason.PROTOCOL_ERROR, "second HELLO (expected: one)");
    }
    String mismatch = PeerCheck.mismatch(address, peer);
    if (mismatch != null) {
      close(LinkFault.WRONG_SERVER, mismatch);
      return;
    }
    helloRead = true;
    StreamWindows ours = StreamWindows.of(limits);
    streams = new LinkStreams(requireContext(), outbox, ours, peer.windows(), limits);
    watch = new PeerWatch(Math.max(PING_INTERVAL_MILLIS, peer.keepaliveMillis()));
    if (clock != null) {
      clock.cancel(false);
      clock = null;
    }
    owner.ready(this, peer);
  }

  private void goAway(GoAway goAway) {
    String reason = goAway.reason() + (goAway.text().isEmpty() ? "" : ": " + goAway.text());
    boolean last = goAway.lastStream() != GoAway.ANNOUNCED;
    switch (goAway.reason()) {
      case DRAINING -> {
        noteCause(address.authority() + " is draining");
        owner.draining(reason);
      }
      case RENEWAL -> {
        noteCause(address.authority() + " has replaced this connection");
        if (last) {
          owner.replaced(this, whyClosed);
        } else {
          owner.renewing(this);
        }
      }
      default -> {
        close(LinkFault.GOAWAY, address.authority() + " says " + reason);
        return;
      }
    }
    if (last) {
      Status status = Status.of(Status.Code.UNAVAILABLE, whyClosed);
      calls.removeAfter(goAway.lastStream(), call -> call.refused(status));
      finish();
    }
  }

  private void closeWhenDone() {
    if (finishing && calls.isEmpty() && context != null) {
      context.writeAndFlush(Frames.EMPTY).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void pong(long token) {
    requireContext().writeAndFlush(Frames.of(out -> ControlFrames.writePong(out, token)));
  }

  private void startWatch() {
    if (clock == null) {
      watch.begin(System.nanoTime());
      clock =
          requireContext()
              .executor()
              .schedule(this::look, PeerWatch.LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    clock = null;
    long now = System.nanoTime();
    switch (watch.look(!calls.isEmpty(), now)) {
      case PING ->
          requireContext().writeAndFlush(Frames.of(out -> ControlFrames.writePing(out, now)));
      case SILENT -> close(LinkFault.SILENT, address.authority() + " is silent: 2 pings missed");
      case NOTHING -> {
        // All is well.
      }
    }
    if (watch.isNeeded(!calls.isEmpty())) {
      startWatch();
    }
  }

  private void helloOverdue() {
    close(
        LinkFault.HANDSHAKE,
        "no HELLO from " + address.authority() + " within " + limits.handshake());
  }

  private void breakOff(GoAway.Reason reason, String text) {
    decoder.stop();
    fault = LinkFault.PROTOCOL;
    noteCause(address.authority() + " broke the protocol: " + text);
    GoAway goAway = new GoAway(GoAway.ANNOUNCED, reason, text);
    requireContext()
        .writeAndFlush(Frames.of(goAway::write))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void close(LinkFault why, String reason) {
    fault = why;
    close(reason);
  }

  private void noteCause(String reason) {
    if (whyClosed.isEmpty()) {
      whyClosed = reason;
    }
  }

  private ChannelHandlerContext requireContext() {
    if (context == null) {
      throw new IllegalStateException("link to " + address.authority() + " is not connected");
    }
    return context;
  }
}
