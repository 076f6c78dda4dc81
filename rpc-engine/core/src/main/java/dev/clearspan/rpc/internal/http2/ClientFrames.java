package dev.clearspan.rpc.internal.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.nio.charset.StandardCharsets;

/** Hears what a server's connection brings, frame by frame, and that streams are closed. */
final class ClientFrames extends Http2EventAdapter {
  private static final int MOST_SHOWN = 256;

  private final GrpcClientLink link;

  ClientFrames(GrpcClientLink link) {
    this.link = link;
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
    link.settingsRead(settings);
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
    ClientStream<?> call = link.replying(streamId);
    if (call != null) {
      call.headers(headers, endOfStream);
      endIfUnfinished(streamId, endOfStream);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
    int bytes = data.readableBytes() + padding;
    ClientStream<?> call = link.replying(streamId);
    if (call == null) {
      return bytes;
    }
    int free = call.data(data, bytes, endOfStream);
    endIfUnfinished(streamId, endOfStream);
    return free;
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
    ClientStream<?> call = link.call(streamId);
    if (call != null) {
      call.reset(errorCode);
    }
  }

  @Override
  public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
    Http2Error error = Http2Error.valueOf(errorCode);
    int shown = Math.min(MOST_SHOWN, debugData.readableBytes());
    String text = debugData.toString(debugData.readerIndex(), shown, StandardCharsets.UTF_8);
    String reason = error == null ? Long.toString(errorCode) : error.name();
    boolean isFault = errorCode != Http2Error.NO_ERROR.code();
    link.sentAway(lastStreamId, isFault, text.isEmpty() ? reason : reason + ": " + text);
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    link.streamClosed(stream);
  }

  /** The server is through, and the client has not said its last: what it still has is moot. */
  private void endIfUnfinished(int streamId, boolean endOfStream) {
    if (endOfStream) {
      link.writer().endUnfinished(streamId);
    }
  }
}
