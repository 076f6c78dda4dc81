package dev.clearspan.rpc.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Decides by a connection's first bytes which protocol it speaks: "PRI", with which no HTTP/1.1
 * method begins, is HTTP/2's preface; another capital letter an HTTP/1.1 method; everything else is
 * taken for Clearspan frames, which then refuse what is not.
 */
final class ProtocolSniffer extends ByteToMessageDecoder {
  private static final byte[] HTTP2 = {'P', 'R', 'I'};

  private final Supplier<ChannelHandler> frames;
  private final Consumer<ChannelPipeline> http1;
  private final Consumer<ChannelPipeline> http2;

  ProtocolSniffer(
      Supplier<ChannelHandler> frames,
      Consumer<ChannelPipeline> http1,
      Consumer<ChannelPipeline> http2) {
    this.frames = frames;
    this.http1 = http1;
    this.http2 = http2;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int alike = alikeHttp2(in);
    if (alike < HTTP2.length && alike == in.readableBytes()) {
      return; // too few bytes to tell
    }
    ChannelPipeline pipeline = ctx.pipeline();
    if (alike == HTTP2.length) {
      http2.accept(pipeline);
    } else if (isCapital(in.getByte(in.readerIndex()))) {
      http1.accept(pipeline);
    } else {
      pipeline.addLast(frames.get());
    }
    pipeline.remove(this);
  }

  private static int alikeHttp2(ByteBuf in) {
    int most = Math.min(HTTP2.length, in.readableBytes());
    int alike = 0;
    while (alike < most && in.getByte(in.readerIndex() + alike) == HTTP2[alike]) {
      alike++;
    }
    return alike;
  }

  private static boolean isCapital(byte first) {
    return first >= 'A' && first <= 'Z';
  }
}
