package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.Preface;
import dev.clearspan.rpc.internal.tls.TlsContexts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides by a connection's first byte whether it is encrypted, and turns it away if that is not
 * what the port speaks. What is behind sees plain bytes.
 */
final class TlsDoor extends ByteToMessageDecoder {
  private static final int HANDSHAKE_RECORD = 0x16;
  private static final int FRAMES = 0xc5;
  private static final String EXPECTED = "plaintext (expected: TLS on this port)";
  private static final String UNEXPECTED = "a TLS handshake (expected: plaintext on this port)";
  private static final byte[] HTTP_ANSWER =
      ("HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n"
              + "plaintext (expected: https on this port)\n")
          .getBytes(StandardCharsets.US_ASCII);

  /** Time for a client that is turned away to read why, and to close. */
  private static final long LINGER_MILLIS = 1_000;

  private final @Nullable TlsContexts<SslContext> contexts;
  private final boolean plaintext;
  private final ConnectionCounters counters;
  private boolean turnedAway;

  /** {@code contexts} is null for a port without TLS. */
  TlsDoor(
      @Nullable TlsContexts<SslContext> contexts, boolean plaintext, ConnectionCounters counters) {
    this.contexts = contexts;
    this.plaintext = plaintext;
    this.counters = counters;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (turnedAway) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int first = in.getUnsignedByte(in.readerIndex());
    boolean encrypted = first == HANDSHAKE_RECORD;
    if (encrypted && contexts != null) {
      SslHandler tls = contexts.current().newHandler(ctx.alloc());
      tls.setHandshakeTimeoutMillis(0); // The connection's own handshake limit counts.
      ctx.pipeline().addAfter(ctx.name(), null, new TlsArrival(counters));
      ctx.pipeline().replace(this, null, tls);
    } else if (!encrypted && plaintext) {
      ctx.pipeline().remove(this);
    } else {
      in.skipBytes(in.readableBytes());
      turnAway(ctx, first, encrypted);
    }
  }

  private void turnAway(ChannelHandlerContext ctx, int first, boolean encrypted) {
    counters.closed(
        encrypted ? ClosedBecause.TLS : ClosedBecause.PLAINTEXT,
        "connection of %s is closed: %s"
            .formatted(
                Addresses.text(ctx.channel().remoteAddress()), encrypted ? UNEXPECTED : EXPECTED));
    if (encrypted) {
      ctx.close();
    } else {
      turnedAway = true;
      ctx.writeAndFlush(answer(first)).addListener(answered -> leave(ctx));
    }
  }

  /**
   * Closing is left to the client for a while: if we did, what it still sends would be answered by
   * a reset, which would take our answer with it.
   */
  private static void leave(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
    ctx.executor().schedule(() -> ctx.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static ByteBuf answer(int first) {
    if (first == FRAMES) {
      GoAway goAway = new GoAway(GoAway.ANNOUNCED, GoAway.Reason.PROTOCOL_ERROR, EXPECTED);
      return Frames.of(
          frames -> {
            Preface.write(frames);
            goAway.write(frames);
          });
    }
    return Frames.of(text -> text.writeBytes(HTTP_ANSWER));
  }
}
