package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.ControlFrames;
import dev.clearspan.rpc.internal.frame.GoAway;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.IntSupplier;

/** Goodbye in Clearspan frames. */
record FrameGoodbye(ChannelHandlerContext context, IntSupplier last) implements Goodbye {
  @Override
  public void goAway(int lastStream) {
    GoAway goAway = new GoAway(lastStream, GoAway.Reason.DRAINING, "");
    context.write(Frames.of(goAway::write));
  }

  @Override
  public void ping(long token) {
    context.write(Frames.of(out -> ControlFrames.writePing(out, token)));
  }

  @Override
  public int lastStream() {
    return last.getAsInt();
  }
}
