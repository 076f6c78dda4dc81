package dev.clearspan.rpc.internal.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;

/** Tells a client's link in plain words why there is no TLS with the server. */
final class HandshakeFault extends ChannelInboundHandlerAdapter {
  private final String authority;

  HandshakeFault(String authority) {
    this.authority = authority;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      ctx.fireExceptionCaught(said(TlsFault.text(handshake.cause())));
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    // After the handshake too: a TLS 1.3 server refuses the client's certificate only then.
    ctx.fireExceptionCaught(TlsFault.isTls(failure) ? said(TlsFault.text(failure)) : failure);
  }

  private IOException said(String text) {
    return new IOException("TLS with " + authority + " failed: " + text);
  }
}
