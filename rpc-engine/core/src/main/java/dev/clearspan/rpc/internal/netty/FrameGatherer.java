package dev.clearspan.rpc.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Copies small frames that are flushed together into one buffer: copying a kilobyte costs less than
 * its way through Netty as a write of its own. Frames keep their order. Only writes with a void
 * promise are gathered, since nobody waits for them.
 */
final class FrameGatherer extends ChannelOutboundHandlerAdapter {
  private static final int SMALL_BYTES = 4 * 1024;
  private static final int GATHERED_BYTES = 64 * 1024;

  /** The first frame since the last flush as it came, or the buffer that follows have gone to. */
  private @Nullable ByteBuf pending;

  private boolean gathering;

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (promise.isVoid()
        && message instanceof ByteBuf frame
        && frame.readableBytes() <= SMALL_BYTES) {
      gather(ctx, frame);
    } else {
      writePending(ctx);
      ctx.write(message, promise);
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    writePending(ctx);
    ctx.flush();
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    writePending(ctx);
    ctx.close(promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (pending != null) {
      pending.release();
      pending = null;
    }
  }

  private void gather(ChannelHandlerContext ctx, ByteBuf frame) {
    ByteBuf before = pending;
    if (before == null) {
      pending = frame;
      gathering = false;
    } else if (gathering && before.writableBytes() >= frame.readableBytes()) {
      append(before, frame);
    } else if (gathering) {
      writePending(ctx);
      pending = frame;
      gathering = false;
    } else {
      ByteBuf gathered = ctx.alloc().directBuffer(GATHERED_BYTES, GATHERED_BYTES);
      append(gathered, before);
      append(gathered, frame);
      pending = gathered;
      gathering = true;
    }
  }

  private void writePending(ChannelHandlerContext ctx) {
    ByteBuf due = pending;
    pending = null;
    if (due != null && ctx.channel().isActive()) {
      ctx.write(due, ctx.voidPromise());
    } else if (due != null) {
      due.release();
    }
  }

  private static void append(ByteBuf gathered, ByteBuf frame) {
    gathered.writeBytes(frame);
    frame.release();
  }
}
