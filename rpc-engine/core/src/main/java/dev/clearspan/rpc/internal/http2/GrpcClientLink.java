package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.netty.Dialer;
import dev.clearspan.rpc.internal.netty.LinkFault;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to a server, from connect to close: SETTINGS, calls by stream, pings,
 * GOAWAY. Confined to its event loop. Its owner hears {@code ready}, perhaps {@code goingAway}, and
 * {@code lost} exactly once if the connection had been made.
 */
final class GrpcClientLink implements Dialer.Link, ServerWatch.Watched {
  private final EndpointAddress address;
  private final Limits limits;
  private final RequestFields form;
  private final GrpcLinkOwner owner;
  private final ClientHttp2Handler http2;
  private final StreamCalls calls;
  private final StreamOpener opener;
  private final ServerWatch watch;

  private @Nullable ChannelHandlerContext context;
  private @Nullable RequestWriter writer;
  private @Nullable ScheduledFuture<?> handshake;
  private boolean ready;
  private boolean goingAway;
  private LinkFault fault = LinkFault.CLOSED;
  private String whyClosed = "";

  GrpcClientLink(
      EndpointAddress address,
      Limits limits,
      RequestFields form,
      boolean ours,
      GrpcLinkOwner owner) {
    this.address = address;
    this.limits = limits;
    this.form = form;
    this.owner = owner;
    this.http2 = ClientHttp2Handler.create(this, limits);
    this.calls = new StreamCalls(http2.connection());
    this.opener = new StreamOpener(this, http2.connection(), calls);
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
    } else {
      opener.open(call);
    }
  }

  /** A stream has been opened: its server is watched. */
  void opened() {
    watch.begin(writer().loop());
  }

  /** Pings the server though no call is in flight, or not any more; once it is ready. */
  void probe(boolean on) {
    watch.probe(on, writer().loop());
  }

  boolean isGoingAway() {
    return goingAway;
  }

  /** A waiting call has ended. */
  void forget(ClientStream<?> call) {
    opener.forget(call);
  }

  /** Writes to the streams that are open. */
  RequestWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("link to " + address.authority() + " is not connected");
    }
    return writer;
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
    if (writer != null) {
      writer.flush();
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
    writer = new RequestWriter(http2, ctx, AsciiString.of(address.authority()), form);
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
    writer().ping(token);
  }

  @Override
  public void silent() {
    fault = LinkFault.SILENT;
    close(address.authority() + " is silent: 2 pings missed");
  }

  // What the frames tell.

  void settingsRead(Http2Settings settings) {
    if (!ready && !isMeant(ServerIdentity.read(settings))) {
      return;
    }
    owner.streams(calls.most());
    if (!ready) {
      ready = true;
      stopHandshakeTimer();
      owner.ready(this);
    }
    opener.openParked();
  }

  /** The call on this stream, if there is one. */
  @Nullable ClientStream<?> call(int streamId) {
    return calls.of(streamId);
  }

  /** The same, for which something of a reply has come. */
  @Nullable ClientStream<?> replying(int streamId) {
    watch.replyHeard();
    return calls.of(streamId);
  }

  /** The server serves no stream after this one: because it renews, or at fault. */
  void sentAway(int lastStreamId, boolean isFault, String reason) {
    if (isFault) {
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

  void streamClosed(Http2Stream stream) {
    ClientStream<?> call = calls.of(stream);
    if (call != null && !call.hasEnded()) {
      String why = whyClosed.isEmpty() ? "" : ": " + whyClosed;
      call.lost(Status.of(Status.Code.UNAVAILABLE, "stream closed" + why));
    }
    opener.openParked();
    closeWhenDone();
  }

  /** Whether the server is the one that was dialled, as far as it tells. */
  private boolean isMeant(@Nullable ServerIdentity server) {
    String mismatch = server == null ? null : server.mismatch(address);
    if (mismatch != null) {
      fault = LinkFault.WRONG_SERVER;
      close(mismatch);
      return false;
    }
    if (server != null) {
      peerIsClearspan();
    }
    return true;
  }

  /** After a billion calls: the next link begins anew. */
  void idsAreUsedUp(ClientStream<?> call) {
    goingAway = true;
    noteCause("all stream ids of the connection are used up");
    owner.goingAway(this, whyClosed);
    owner.write(call);
    leaveParked();
    closeWhenDone();
  }

  private void leaveParked() {
    opener.takeParked().forEach(owner::write);
  }

  private void closeWhenDone() {
    if (goingAway && calls.isEmpty() && context != null) {
      context.close();
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
}
