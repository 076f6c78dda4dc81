package dev.clearspan.rpc.internal.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one connection that leave together: they are written into one buffer, which goes on its
 * way at the next flush, or before anything that the codec writes by itself, so that header blocks
 * leave in the order in which they were encoded. Stands before the codec. Loop-confined.
 */
final class FrameBatch extends ChannelOutboundHandlerAdapter {
  private static final int FIRST_BYTES = 2 * 1024;
  private static final int FULL_BYTES = 64 * 1024;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf gathered;

  /** Where about so many bytes can be written now; it grows if need be. */
  ByteBuf room(int bytes) {
    ByteBuf into = gathered;
    if (into == null) {
      into = buffer(Math.max(FIRST_BYTES, bytes));
    } else if (into.writableBytes() < bytes) {
      into = further(into);
    }
    gathered = into;
    return into;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    writeGathered(ctx);
    ctx.write(message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    writeGathered(ctx);
    ctx.flush();
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    writeGathered(ctx);
    ctx.close(promise);
  }

  /** A larger buffer with what is there, or, if it is large already, the next one. */
  private ByteBuf further(ByteBuf full) {
    ByteBuf next = buffer(FULL_BYTES);
    if (full.readableBytes() < FULL_BYTES / 2) {
      next.writeBytes(full);
      full.release();
    } else {
      writeGathered(requireContext());
    }
    return next;
  }

  private ByteBuf buffer(int bytes) {
    return requireContext().alloc().directBuffer(bytes);
  }

  private void writeGathered(ChannelHandlerContext ctx) {
    ByteBuf due = gathered;
    gathered = null;
    if (due != null) {
      ctx.write(due, ctx.voidPromise());
    }
  }

  private ChannelHandlerContext requireContext() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return context;
  }
}
