package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Status;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Opens streams for the calls of one link. Those over the server's limit of streams wait here for a
 * free one. Loop-confined.
 */
final class StreamOpener {
  private final GrpcClientLink link;
  private final Http2Connection connection;
  private final StreamCalls calls;
  private final Queue<ClientStream<?>> parked = new ArrayDeque<>();

  StreamOpener(GrpcClientLink link, Http2Connection connection, StreamCalls calls) {
    this.link = link;
    this.connection = connection;
    this.calls = calls;
  }

  /** Opens a stream for the call, or lets it wait for a free one. */
  void open(ClientStream<?> call) {
    if (calls.isFull()) {
      parked.add(call);
    } else {
      begin(call);
    }
  }

  /** A call that waits has ended. */
  void forget(ClientStream<?> call) {
    parked.remove(call);
  }

  /** Opens streams for those that wait, as far as there are free ones. */
  void openParked() {
    while (!link.isGoingAway() && !calls.isFull() && !parked.isEmpty()) {
      ClientStream<?> next = parked.remove();
      if (!next.hasEnded()) {
        begin(next);
      }
    }
  }

  /** The calls that wait: not any more. */
  List<ClientStream<?>> takeParked() {
    List<ClientStream<?>> all = new ArrayList<>(parked);
    parked.clear();
    return all;
  }

  private void begin(ClientStream<?> call) {
    int id = connection.local().incrementAndGetNextStreamId();
    if (id < 0) {
      link.idsAreUsedUp(call);
      return;
    }
    try {
      calls.put(call, id);
    } catch (Http2Exception e) {
      call.notSent(Status.of(Status.Code.UNAVAILABLE, String.valueOf(e.getMessage())));
      return;
    }
    call.sent(link, id);
    call.opened(link.writer());
    if (!call.hasEnded()) {
      link.opened();
    }
  }
}
