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
 * Decides by a connection's first byte which protocol it speaks: an HTTP method begins with a
 * capital letter; everything else is taken for Clearspan frames, which then refuse what is not.
 */
final class ProtocolSniffer extends ByteToMessageDecoder {
  private final Supplier<ChannelHandler> frames;
  private final Consumer<ChannelPipeline> http;

  ProtocolSniffer(Supplier<ChannelHandler> frames, Consumer<ChannelPipeline> http) {
    this.frames = frames;
    this.http = http;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    ChannelPipeline pipeline = ctx.pipeline();
    if (isCapital(in.getByte(in.readerIndex()))) {
      http.accept(pipeline);
    } else {
      pipeline.addLast(frames.get());
    }
    pipeline.remove(this);
  }

  private static boolean isCapital(byte first) {
    return first >= 'A' && first <= 'Z';
  }
}
