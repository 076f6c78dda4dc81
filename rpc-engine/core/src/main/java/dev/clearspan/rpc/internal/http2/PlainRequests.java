package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.internal.http1.HttpRoutes;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.collection.IntObjectHashMap;

/**
 * The requests of one connection that are no gRPC: pages, and Connect calls of clients that speak
 * HTTP/2 where they can. Confined to the connection's loop, but for replies.
 */
final class PlainRequests {
  private final GrpcLink link;
  private final HttpRoutes routes;
  private final IntObjectHashMap<PlainRequest> open = new IntObjectHashMap<>(4);

  PlainRequests(GrpcLink link, HttpRoutes routes) {
    this.link = link;
    this.routes = routes;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Takes the headers if they are of a plain request; false: they are not. */
  boolean takes(int streamId, Http2Headers headers, boolean last) {
    PlainRequest request = open.get(streamId);
    if (request == null) {
      if (!PlainRequest.isPlain(headers)) {
        return false;
      }
      request = new PlainRequest(headers);
      open.put(streamId, request);
    }
    if (last) {
      answer(streamId, request);
    }
    return true;
  }

  /** Takes DATA if it is of a plain request; false: it is not. */
  boolean takes(int streamId, ByteBuf data, boolean last) {
    PlainRequest request = open.get(streamId);
    if (request == null) {
      return false;
    }
    request.add(data, mostBytes());
    if (last) {
      answer(streamId, request);
    }
    return true;
  }

  /** The stream is closed, by whom and how ever. */
  void closed(int streamId) {
    PlainRequest request = open.remove(streamId);
    if (request != null) {
      request.givenUp();
      request.release();
    }
  }

  private int mostBytes() {
    return link.scope().limits().messageBytes();
  }

  /** Clients hear of a body that is too large when they have sent it: some listen no sooner. */
  private void answer(int streamId, PlainRequest request) {
    if (request.isTooLarge()) {
      link.writer().writeLast(streamId, PlainRequest.tooLarge(mostBytes()));
      return;
    }
    FullHttpRequest complete = request.complete();
    request.onGivenUp(
        routes.answer(
            link.context(),
            complete,
            reply -> link.outbox().put(() -> write(streamId, request, reply))));
    request.release();
  }

  private void write(int streamId, PlainRequest request, FullHttpResponse reply) {
    Http2Headers headers = PlainRequest.headersOf(reply);
    if (open.get(streamId) != request || request.isHead() || !reply.content().isReadable()) {
      reply.release();
      link.writer().writeLast(streamId, headers);
    } else {
      link.writer().writePage(streamId, headers, reply.content());
    }
  }
}
