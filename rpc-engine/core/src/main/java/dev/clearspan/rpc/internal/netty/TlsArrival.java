package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.tls.PeerIdentity;
import dev.clearspan.rpc.internal.tls.TlsFault;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;

/** Waits for a client's handshake, notes who it is, and leaves. */
final class TlsArrival extends ChannelInboundHandlerAdapter {
  private final ConnectionCounters counters;

  TlsArrival(ConnectionCounters counters) {
    this.counters = counters;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        CallerIdentity.set(ctx.channel(), PeerIdentity.of(tls.engine().getSession()));
        ctx.pipeline().remove(this);
      } else {
        failed(ctx, handshake.cause());
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    // The handshake's failure, told by its event already.
    ctx.close();
  }

  private void failed(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof ClosedChannelException) {
      return; // One side gave up before the end, and has said why if there was a reason.
    }
    String peer = Addresses.text(ctx.channel().remoteAddress());
    counters.closed(
        ClosedBecause.TLS,
        "TLS handshake with client " + peer + " failed: " + TlsFault.text(cause));
    ctx.close();
  }
}
