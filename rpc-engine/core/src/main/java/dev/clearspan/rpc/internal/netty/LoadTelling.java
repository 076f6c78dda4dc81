package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.server.ServerLoad;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Puts the server's load into replies of one link, as often as its client wants and none more often
 * than every 100 ms. What it learns from replies it tells the load at the same time, so that a call
 * costs two additions. Loop-confined.
 */
final class LoadTelling {
  private static final int LEAST_MILLIS = 100;

  private final ServerLoad load;
  private final ScheduledExecutorService loop;
  private final int millis;
  private boolean due;
  private long calls;
  private long handlerNanos;

  /** {@code wantedMillis} is how often the client wants a report; 0: never. */
  LoadTelling(ServerLoad load, ScheduledExecutorService loop, int wantedMillis) {
    this.load = load;
    this.loop = loop;
    this.millis = Math.max(LEAST_MILLIS, wantedMillis);
    this.due = wantedMillis > 0;
  }

  /** The RESPONSE of a unary call as it is to be written. */
  ByteBuf reply(ByteBuf response) {
    long nanos = ResponseHead.handlerNanos(response);
    if (nanos >= 0) {
      calls++;
      handlerNanos += nanos;
    }
    return due ? withLoad(response) : response;
  }

  /** The RESPONSE of a stream, which may have lasted for days: its time tells of no load. */
  ByteBuf streamEnd(ByteBuf response) {
    return due ? withLoad(response) : response;
  }

  private ByteBuf withLoad(ByteBuf response) {
    due = false;
    loop.schedule(() -> due = true, millis, TimeUnit.MILLISECONDS);
    load.handled(calls, handlerNanos);
    calls = 0;
    handlerNanos = 0;
    return ResponseHead.withLoad(response, load.read());
  }
}
