package dev.clearspan.rpc.internal.gzip;

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
 * gzip for whole messages (RFC 1952). What a peer sends is inflated in steps and given up as soon
 * as it passes a bound, so a small message cannot become a large allocation.
 */
public final class Gzip {
  /** Up to this size any ratio is fine: a few zeros compress a thousandfold. */
  public static final int ANY_RATIO_BYTES = 1024 * 1024;

  private static final int STEP = 8 * 1024;

  private Gzip() {}

  /** Appends the compressed form of all readable bytes, which are not consumed. */
  public static void deflate(ByteBuf plain, ByteBuf out) {
    try (GZIPOutputStream gzip = new GZIPOutputStream(new ByteBufOutputStream(out))) {
      plain.getBytes(plain.readerIndex(), gzip, plain.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The plain bytes, in one buffer that the caller owns. Does not consume the source.
   *
   * @param most bytes that it may inflate to
   * @param ratio times its size that it may inflate to, if that is over 1 MiB
   * @throws RpcException RESOURCE_EXHAUSTED if it inflates to more
   * @throws IllegalArgumentException if it is no gzip
   */
  public static ByteBuf inflate(ByteBuf source, int most, int ratio) {
    long byRatio = Math.max(ANY_RATIO_BYTES, (long) ratio * source.readableBytes());
    long bound = Math.min(most, byRatio);
    ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(STEP);
    try (InputStream in = new GZIPInputStream(new ByteBufInputStream(source.duplicate()), STEP)) {
      while (out.writeBytes(in, STEP) >= 0) {
        if (out.readableBytes() > bound) {
          throw tooLarge(source.readableBytes(), bound);
        }
      }
      return out;
    } catch (IOException e) {
      out.release();
      throw new IllegalArgumentException(
          "compressed message: " + e.getMessage() + " (expected: gzip)", e);
    } catch (RuntimeException e) {
      out.release();
      throw e;
    }
  }

  private static RpcException tooLarge(int compressed, long bound) {
    return new RpcException(
        Status.Code.RESOURCE_EXHAUSTED,
        "compressed message of %d bytes: inflates to more than %d (expected: <= %d)"
            .formatted(compressed, bound, bound));
  }
}
