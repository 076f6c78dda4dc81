package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The gzip message encoding. What a peer sends is inflated in steps and given up as soon as it
 * passes a bound, so a small message cannot become a large allocation.
 */
final class Gzip {
  /** Up to this size any ratio is fine: a few zeros compress a thousandfold. */
  static final int ANY_RATIO_BYTES = 1024 * 1024;

  private static final int STEP = 8 * 1024;

  private Gzip() {}

  /** Appends the compressed bytes. */
  static void deflate(ByteBuf plain, ByteBuf out) {
    try (GZIPOutputStream gzip = new GZIPOutputStream(new ByteBufOutputStream(out))) {
      plain.getBytes(plain.readerIndex(), gzip, plain.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The plain bytes, in one buffer that the caller owns. Does not consume the source.
   *
   * @throws RpcException RESOURCE_EXHAUSTED if they are more than a message may have, or over 1 MiB
   *     and more than the ratio allows; INTERNAL if the source is no gzip
   */
  static ByteBuf inflate(ByteBuf source, Limits limits) {
    int most = limits.messageBytes();
    long byRatio = Math.max(ANY_RATIO_BYTES, (long) limits.decodedRatio() * source.readableBytes());
    ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(STEP);
    try (InputStream in = new GZIPInputStream(new ByteBufInputStream(source.duplicate()), STEP)) {
      while (out.writeBytes(in, STEP) >= 0) {
        if (out.readableBytes() > Math.min(most, byRatio)) {
          throw tooLarge(source.readableBytes(), Math.min(most, byRatio));
        }
      }
      return out;
    } catch (IOException e) {
      out.release();
      throw new RpcException(
          Status.Code.INTERNAL, "compressed message: " + e.getMessage() + " (expected: gzip)");
    } catch (RuntimeException e) {
      out.release();
      throw e;
    }
  }

  private static RpcException tooLarge(int compressed, long most) {
    return new RpcException(
        Status.Code.RESOURCE_EXHAUSTED,
        "compressed message of %d bytes: inflates to more than %d (expected: <= %d)"
            .formatted(compressed, most, most));
  }
}
