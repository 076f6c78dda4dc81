package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import org.jspecify.annotations.Nullable;

/**
 * Netty's HTTP/2 codec as a gRPC client wants it: no pushes, streams in turn by chunks of 16 KiB, a
 * connection's window that leaves room for others beside a call whose reader is slow.
 */
final class ClientHttp2Handler extends Http2ConnectionHandler {
  /** Replies of unary calls need windows, too, and come whole: more than streams do in frames. */
  private static final int WINDOW_FACTOR = 4;

  private static final int TURN_BYTES = 16 * 1024;

  /** For gRPC's and HTTP's own headers, beside the metadata. */
  private static final int HEADER_OVERHEAD = 8 * 1024;

  private final GrpcClientLink link;
  private final int connectionWindow;
  private final FrameBatch batch = new FrameBatch();
  private final WholeMessages whole;

  private ClientHttp2Handler(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      Http2HeadersEncoder hpack,
      GrpcClientLink link,
      int connectionWindow) {
    super(decoder, encoder, settings);
    this.link = link;
    this.connectionWindow = connectionWindow;
    this.whole = new WholeMessages(this, hpack, batch);
  }

  static ClientHttp2Handler create(GrpcClientLink link, Limits limits) {
    Http2Connection connection = new DefaultHttp2Connection(false);
    UniformStreamByteDistributor turns = new UniformStreamByteDistributor(connection);
    turns.minAllocationChunk(TURN_BYTES);
    connection.remote().flowController(new DefaultHttp2RemoteFlowController(connection, turns));
    ClientFrames frames = new ClientFrames(link);
    connection.addListener(frames);
    return new Builder(link, frames, limits).build(connection);
  }

  /** Writes requests of one message. */
  WholeMessages whole() {
    return whole;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    ctx.pipeline().addBefore(ctx.name(), null, batch);
    super.handlerAdded(ctx);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    super.channelActive(ctx);
    widen(connection().connectionStream());
    link.connected(ctx);
    ctx.flush();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    link.heard();
    super.channelRead(ctx, message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    link.disconnected();
    super.channelInactive(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
      link.close(String.valueOf(cause.getMessage()));
    } else {
      super.exceptionCaught(ctx, cause);
    }
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception http2Cause) {
    link.connectionBroken(cause);
    super.onConnectionError(ctx, outbound, cause, http2Cause);
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException http2Cause) {
    link.streamBroken(http2Cause);
    super.onStreamError(ctx, outbound, cause, http2Cause);
  }

  private void widen(Http2Stream whole) throws Http2Exception {
    decoder()
        .flowController()
        .incrementWindowSize(whole, connectionWindow - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<ClientHttp2Handler, Builder> {
    private final GrpcClientLink link;
    private final int connectionWindow;
    private final int headerBytes;
    private final Http2HeadersEncoder hpack =
        new DefaultHttp2HeadersEncoder((name, value) -> RequestFields.changesAlways(name));

    Builder(GrpcClientLink link, ClientFrames frames, Limits limits) {
      this.link = link;
      this.connectionWindow = WINDOW_FACTOR * limits.connectionWindow();
      this.headerBytes = limits.metadataBytes() + HEADER_OVERHEAD;
      frameListener(frames);
      // Resets are how gRPC servers end calls early: no sign of an attack.
      decoderEnforceMaxRstFramesPerWindow(0, 0);
      initialSettings(
          new Http2Settings()
              .pushEnabled(false)
              .maxConcurrentStreams(0)
              .initialWindowSize(WINDOW_FACTOR * limits.streamWindow())
              .maxHeaderListSize(headerBytes));
    }

    ClientHttp2Handler build(Http2Connection connection) {
      Http2ConnectionEncoder encoder =
          new DefaultHttp2ConnectionEncoder(connection, new DefaultHttp2FrameWriter(hpack));
      Http2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(true, headerBytes);
      codec(
          new DefaultHttp2ConnectionDecoder(
              connection, encoder, new DefaultHttp2FrameReader(headers)),
          encoder);
      return build();
    }

    @Override
    protected ClientHttp2Handler build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new ClientHttp2Handler(decoder, encoder, settings, hpack, link, connectionWindow);
    }
  }
}
