package dev.clearspan.rpc.internal.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;

/** Hears what a client's connection brings, frame by frame, and that streams are closed. */
final class GrpcFrames extends Http2EventAdapter {
  private final GrpcLink link;
  private final GrpcIntake intake;

  GrpcFrames(GrpcLink link, GrpcMethods methods) {
    this.link = link;
    this.intake = new GrpcIntake(link, methods);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream) {
    onHeadersRead(ctx, streamId, headers, padding, endOfStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int padding,
      boolean endOfStream) {
    GrpcRequest request = link.request(streamId);
    if (request == null && link.plain().takes(streamId, headers, endOfStream)) {
      return;
    }
    if (request == null) {
      request = intake.open(streamId, headers);
      if (request == null) {
        return;
      }
      link.add(request);
    }
    if (endOfStream) {
      int unused = request.data(Unpooled.EMPTY_BUFFER, true);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
    int bytes = data.readableBytes();
    GrpcRequest request = link.request(streamId);
    if (request == null) {
      boolean unused = link.plain().takes(streamId, data, endOfStream);
      return bytes + padding;
    }
    return request.data(data, endOfStream) + padding;
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode)
      throws Http2Exception {
    link.guard().reset(link.scope().ticker().nanos());
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
      throws Http2Exception {
    link.guard().settings(link.scope().ticker().nanos());
    link.established();
  }

  @Override
  public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
    link.guard().ping(link.scope().ticker().nanos());
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext ctx, long data) {
    link.pingAnswered(data);
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    link.remove(stream);
  }
}
