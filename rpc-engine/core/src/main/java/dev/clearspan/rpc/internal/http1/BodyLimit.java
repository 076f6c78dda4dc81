package dev.clearspan.rpc.internal.http1;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpContentException;

/**
 * Makes whole requests of their pieces, up to a size. A larger one is passed on without its body,
 * marked as failed, so that it is answered in its turn; what still comes of it is dropped.
 */
final class BodyLimit extends HttpObjectAggregator {
  BodyLimit(int mostBytes) {
    super(mostBytes, true);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    HttpRequest head = (HttpRequest) oversized;
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            head.protocolVersion(), head.method(), head.uri(), Unpooled.EMPTY_BUFFER);
    request.headers().set(head.headers());
    request.setDecoderResult(DecoderResult.failure(new TooLongHttpContentException(text())));
    ctx.fireChannelRead(request);
  }

  /** Tells a client that asks first that its body is too large. */
  @Override
  protected Object newContinueResponse(
      HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
    Object answer = super.newContinueResponse(start, maxContentLength, pipeline);
    boolean refused =
        answer instanceof FullHttpResponse response
            && response.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    return refused ? HttpReply.text(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, text()) : answer;
  }

  private String text() {
    return "request body: more than %d bytes (expected: <= %d)"
        .formatted(maxContentLength(), maxContentLength());
  }
}
