package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.internal.http1.HttpRoutes;
import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.util.function.Consumer;

/**
 * Sets up connections that speak HTTP/2, in clear text with prior knowledge or, behind TLS, by ALPN
 * {@code h2}: the pipeline's next inbound bytes are the client's preface. Thread-safe.
 */
public final class Http2Gateway implements Consumer<ChannelPipeline> {
  private static final int MOST_SMALL_CONTINUATIONS = 8;
  private static final int MOST_EMPTY_DATA_FRAMES = 8;
  private static final float WINDOW_UPDATE_RATIO = 0.5f;

  private final ServerScope scope;
  private final ServerSocketListener listener;
  private final HttpRoutes routes;
  private final GrpcMethods methods;
  private final ServerIdentity identity;

  /**
   * Serves what the scope has, on the listener's connections, as the server that it is; what is no
   * gRPC by these routes.
   */
  public Http2Gateway(
      ServerScope scope,
      ServerSocketListener listener,
      ProcessIdentity identity,
      HttpRoutes routes) {
    this.scope = scope;
    this.listener = listener;
    this.routes = routes;
    this.methods = new GrpcMethods(scope.methods());
    this.identity = ServerIdentity.of(identity);
  }

  @Override
  public void accept(ChannelPipeline pipeline) {
    pipeline.addLast(new LinkBuilder().build());
  }

  private Http2Settings settings() {
    Limits limits = scope.limits();
    return identity.write(
        new Http2Settings()
            .initialWindowSize(limits.streamWindow())
            .maxConcurrentStreams(limits.inFlightPerConnection())
            .maxHeaderListSize(limits.headerBytes()));
  }

  /** The codec put together by hand: its flow control and its bounds are not Netty's defaults. */
  private final class LinkBuilder
      extends AbstractHttp2ConnectionHandlerBuilder<GrpcLink, LinkBuilder> {
    private final Http2HeadersEncoder hpack = new DefaultHttp2HeadersEncoder();

    @Override
    protected GrpcLink build() {
      Http2Connection connection = new DefaultHttp2Connection(true);
      connection
          .local()
          .flowController(
              new DefaultHttp2LocalFlowController(connection, WINDOW_UPDATE_RATIO, true));
      connection
          .remote()
          .flowController(
              new DefaultHttp2RemoteFlowController(
                  connection, new UniformStreamByteDistributor(connection)));
      Http2Settings settings = settings();
      DefaultHttp2HeadersDecoder headers =
          new DefaultHttp2HeadersDecoder(true, settings.maxHeaderListSize());
      Http2ConnectionEncoder encoder =
          new DefaultHttp2ConnectionEncoder(connection, new DefaultHttp2FrameWriter(hpack));
      Http2ConnectionDecoder decoder =
          new DefaultHttp2ConnectionDecoder(
              connection, encoder, new DefaultHttp2FrameReader(headers, MOST_SMALL_CONTINUATIONS));
      decoderEnforceMaxConsecutiveEmptyDataFrames(MOST_EMPTY_DATA_FRAMES);
      // FloodGuard counts resets: one that follows an answered call costs its client nothing.
      decoderEnforceMaxRstFramesPerWindow(0, 0);
      encoderEnforceMaxRstFramesPerWindow(0, 0);
      initialSettings(settings);
      codec(decoder, encoder);
      return super.build();
    }

    @Override
    protected GrpcLink build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      GrpcLink link = new GrpcLink(decoder, encoder, settings, hpack, scope, listener, routes);
      GrpcFrames frames = new GrpcFrames(link, methods);
      frameListener(frames);
      decoder.connection().addListener(frames);
      return link;
    }
  }
}
