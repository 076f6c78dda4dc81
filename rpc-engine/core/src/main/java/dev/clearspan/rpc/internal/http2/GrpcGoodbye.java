package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.internal.netty.Goodbye;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import java.nio.charset.StandardCharsets;

/** Goodbye in HTTP/2. */
record GrpcGoodbye(Http2ConnectionHandler http2, ChannelHandlerContext context) implements Goodbye {

  @Override
  public void goAway(int lastStream) {
    http2.goAway(
        context,
        lastStream,
        Http2Error.NO_ERROR.code(),
        Unpooled.copiedBuffer("draining", StandardCharsets.US_ASCII),
        context.newPromise());
  }

  @Override
  public void ping(long token) {
    http2.encoder().writePing(context, false, token, context.newPromise());
  }

  @Override
  public int lastStream() {
    return http2.connection().remote().lastStreamCreated();
  }
}
