package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.netty.Dialer;
import dev.clearspan.rpc.internal.netty.LinkFault;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to a server, from connect to close: SETTINGS, calls by stream, pings,
 * GOAWAY. Calls over the server's limit of streams wait here for a free one. Confined to its event
 * loop. Its owner hears {@code ready}, perhaps {@code goingAway}, and {@code lost} exactly once if
 * the connection had been made.
 */
final class GrpcClientLink extends Http2EventAdapter implements Dialer.Link, ServerWatch.Watched {
  /** What the link tells the connection it belongs to. */
  interface Owner {
    void ready(GrpcClientLink link);

    /** So many calls at a time, says the server; first before the link is ready. */
    void streams(int most);

    /** The link takes no more calls; those in flight go on. */
    void goingAway(GrpcClientLink link, String reason);

    void lost(GrpcClientLink link, String reason);

    /** Sends a call that this link has not sent elsewhere. */
    void write(ClientStream<?> call);

    void peerIsClearspan();
  }

  private static final AsciiString POST = HttpMethod.POST.asciiName();
  private static final int MOST_SHOWN = 256;

  private final EndpointAddress address;
  private final Limits limits;
  private final RequestFields form;
  private final Owner owner;
  private final AsciiString authority;
  private AsciiString scheme = HttpScheme.HTTP.name();
  private final MethodPaths paths = new MethodPaths();
  private final ClientHttp2Handler http2;
  private final StreamCalls calls;
  private final Queue<ClientStream<?>> parked = new ArrayDeque<>();
  private final ServerWatch watch;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ScheduledFuture<?> handshake;
  private boolean ready;
  private boolean goingAway;
  private LinkFault fault = LinkFault.CLOSED;
  private String whyClosed = "";

  GrpcClientLink(
      EndpointAddress address, Limits limits, RequestFields form, boolean ours, Owner owner) {
    this.address = address;
    this.limits = limits;
    this.form = form;
    this.owner = owner;
    this.authority = AsciiString.of(address.authority());
    this.http2 = ClientHttp2Handler.create(this, limits);
    this.calls = new StreamCalls(http2.connection());
    this.watch = new ServerWatch(ours, this);
  }

  @Override
  public ChannelHandler handler() {
    return http2;
  }

  @Override
  public void close(String reason) {
    noteCause(reason);
    if (context != null) {
      context.close();
    }
  }

  /** Opens a stream for the call, or lets it wait for a free one. */
  void open(ClientStream<?> call) {
    if (goingAway) {
      owner.write(call);
    } else if (calls.isFull()) {
      parked.add(call);
    } else {
      begin(call);
    }
  }

  /** A waiting call has ended. */
  void forget(ClientStream<?> call) {
    parked.remove(call);
  }

  /** Writes a message of the call; the promise is kept when it has left. */
  void send(ClientStream<?> call, ByteBuf message, boolean last, ChannelPromise written) {
    http2.encoder().writeData(requireContext(), call.streamId(), message, 0, last, written);
  }

  void send(ClientStream<?> call, ByteBuf message, boolean last) {
    send(call, message, last, promise());
  }

  ChannelPromise promise() {
    return requireContext().newPromise();
  }

  /** Ends the call's stream on both sides. */
  void reset(ClientStream<?> call, Http2Error error) {
    ChannelHandlerContext ctx = requireContext();
    http2.resetStream(ctx, call.streamId(), error.code(), ctx.newPromise());
  }

  /** The call has taken so many bytes; the server may send as many more. */
  void consumed(ClientStream<?> call, int bytes) {
    Http2Stream stream = http2.connection().stream(call.streamId());
    if (stream != null) {
      try {
        http2.decoder().flowController().consumeBytes(stream, bytes);
      } catch (Http2Exception e) {
        http2.onError(requireContext(), true, e);
      }
    }
  }

  @Override
  public void finish() {
    goingAway = true;
    leaveParked();
    closeWhenDone();
  }

  @Override
  public LinkFault fault() {
    return fault;
  }

  @Override
  public void flush() {
    if (context != null) {
      http2.flush(context);
    }
  }

  /** The server is one of ours: it may be pinged as often as it takes to notice its death. */
  void peerIsClearspan() {
    if (watch.foundOurs()) {
      owner.peerIsClearspan();
    }
  }

  // What the handler tells.

  void connected(ChannelHandlerContext ctx) {
    context = ctx;
    if (ctx.pipeline().get(SslHandler.class) != null) {
      scheme = HttpScheme.HTTPS.name();
    }
    handshake =
        ctx.executor()
            .schedule(this::handshakeOverdue, limits.handshake().toNanos(), TimeUnit.NANOSECONDS);
  }

  void heard() {
    watch.heard();
  }

  void disconnected() {
    stopHandshakeTimer();
    watch.stop();
    noteCause("connection closed by " + address.authority());
    goingAway = true;
    owner.lost(this, whyClosed);
    Status status = Status.of(Status.Code.UNAVAILABLE, "connection lost: " + whyClosed);
    calls.forEach(id -> true, call -> call.lost(status));
    leaveParked();
  }

  /** Notes why the connection is about to be closed; the first reason counts. */
  void noteCause(String reason) {
    if (whyClosed.isEmpty()) {
      whyClosed = reason;
    }
  }

  /** The connection cannot go on and is about to be closed. */
  void connectionBroken(Throwable cause) {
    fault = LinkFault.PROTOCOL;
    noteCause(address.authority() + " broke HTTP/2: " + cause.getMessage());
    goingAway = true;
    owner.lost(this, whyClosed);
    leaveParked();
  }

  void streamBroken(StreamException cause) {
    ClientStream<?> call = calls.of(cause.streamId());
    if (call != null) {
      Status.Code code =
          cause instanceof HeaderListSizeException
              ? Status.Code.RESOURCE_EXHAUSTED
              : Status.Code.INTERNAL;
      call.finish(Status.of(code, String.valueOf(cause.getMessage())));
    }
  }

  // What the watch asks for.

  @Override
  public boolean hasCalls() {
    return !calls.isEmpty();
  }

  @Override
  public void ping(long token) {
    ChannelHandlerContext ctx = requireContext();
    http2.encoder().writePing(ctx, false, token, ctx.newPromise());
    ctx.flush();
  }

  @Override
  public void silent() {
    fault = LinkFault.SILENT;
    close(address.authority() + " is silent: 2 pings missed");
  }

  // What HTTP/2 tells.

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
    owner.streams(calls.most());
    if (!ready) {
      ready = true;
      stopHandshakeTimer();
      owner.ready(this);
    }
    openParked();
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream) {
    onHeadersRead(ctx, streamId, headers, padding, endOfStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int padding,
      boolean endOfStream) {
    watch.replyHeard();
    ClientStream<?> call = calls.of(streamId);
    if (call != null) {
      call.headers(headers, endOfStream);
      endIfUnfinished(streamId, endOfStream);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
    watch.replyHeard();
    int bytes = data.readableBytes() + padding;
    ClientStream<?> call = calls.of(streamId);
    if (call == null) {
      return bytes;
    }
    int free = call.data(data, bytes, endOfStream);
    endIfUnfinished(streamId, endOfStream);
    return free;
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
    ClientStream<?> call = calls.of(streamId);
    if (call != null) {
      call.reset(errorCode);
    }
  }

  @Override
  public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
    String reason = reason(errorCode, debugData);
    if (errorCode != Http2Error.NO_ERROR.code()) {
      fault = LinkFault.GOAWAY;
    }
    noteCause(address.authority() + " says GOAWAY: " + reason);
    if (!goingAway) {
      goingAway = true;
      owner.goingAway(this, whyClosed);
    }
    Status status = Status.of(Status.Code.UNAVAILABLE, whyClosed);
    calls.forEach(id -> id > lastStreamId, call -> call.refused(status));
    leaveParked();
    closeWhenDone();
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    ClientStream<?> call = calls.of(stream);
    if (call != null && !call.hasEnded()) {
      call.lost(Status.of(Status.Code.UNAVAILABLE, "stream closed" + suffix(whyClosed)));
    }
    openParked();
    closeWhenDone();
  }

  private void begin(ClientStream<?> call) {
    ChannelHandlerContext ctx = requireContext();
    int id = http2.connection().local().incrementAndGetNextStreamId();
    if (id < 0) {
      idsAreUsedUp(call);
      return;
    }
    try {
      calls.put(call, id);
    } catch (Http2Exception e) {
      call.notSent(Status.of(Status.Code.UNAVAILABLE, String.valueOf(e.getMessage())));
      return;
    }
    call.sent(this, id);
    Http2Headers headers =
        ReadOnlyHttp2Headers.clientHeaders(
            false, POST, paths.of(call.method), scheme, authority, call.fields(form));
    http2.encoder().writeHeaders(ctx, id, headers, 0, false, ctx.newPromise());
    if (!call.hasEnded()) {
      call.opened(this);
      watch.begin(ctx.executor());
    }
  }

  /** After a billion calls: the next link begins anew. */
  private void idsAreUsedUp(ClientStream<?> call) {
    goingAway = true;
    noteCause("all stream ids of the connection are used up");
    owner.goingAway(this, whyClosed);
    owner.write(call);
    leaveParked();
    closeWhenDone();
  }

  private void openParked() {
    while (!goingAway && !calls.isFull() && !parked.isEmpty()) {
      ClientStream<?> next = parked.remove();
      if (!next.hasEnded()) {
        begin(next);
      }
    }
  }

  private void leaveParked() {
    List<ClientStream<?>> all = new ArrayList<>(parked);
    parked.clear();
    all.forEach(owner::write);
  }

  private void closeWhenDone() {
    if (goingAway && calls.isEmpty() && context != null) {
      context.close();
    }
  }

  /** The server is through, and the client has not said its last: what it still has is moot. */
  private void endIfUnfinished(int streamId, boolean endOfStream) {
    Http2Stream stream = http2.connection().stream(streamId);
    if (endOfStream && stream != null && stream.state() == Http2Stream.State.OPEN) {
      ChannelHandlerContext ctx = requireContext();
      http2.resetStream(ctx, streamId, Http2Error.CANCEL.code(), ctx.newPromise());
    }
  }

  private void stopHandshakeTimer() {
    if (handshake != null) {
      handshake.cancel(false);
      handshake = null;
    }
  }

  private void handshakeOverdue() {
    fault = LinkFault.HANDSHAKE;
    close("no HTTP/2 SETTINGS from " + address.authority() + " within " + limits.handshake());
  }

  private static String reason(long errorCode, ByteBuf debugData) {
    Http2Error error = Http2Error.valueOf(errorCode);
    int shown = Math.min(MOST_SHOWN, debugData.readableBytes());
    String text = debugData.toString(debugData.readerIndex(), shown, StandardCharsets.UTF_8);
    return (error == null ? Long.toString(errorCode) : error.name()) + suffix(text);
  }

  private static String suffix(String text) {
    return text.isEmpty() ? "" : ": " + text;
  }

  private ChannelHandlerContext requireContext() {
    if (context == null) {
      throw new IllegalStateException("link to " + address.authority() + " is not connected");
    }
    return context;
  }
}
