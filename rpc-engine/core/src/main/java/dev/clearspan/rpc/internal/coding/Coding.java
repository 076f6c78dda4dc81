package dev.clearspan.rpc.internal.coding;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A way to compress whole messages. What a peer sends is inflated in steps and given up as soon as
 * it passes a bound, so a small message cannot become a large allocation. Thread-safe.
 */
public enum Coding {
  /** RFC 1952. */
  GZIP("gzip") {
    @Override
    OutputStream packing(OutputStream to) throws IOException {
      return new GZIPOutputStream(to);
    }

    @Override
    InputStream unpacking(InputStream from) throws IOException {
      return new GZIPInputStream(from, STEP);
    }
  },

  /** RFC 8878, where zstd-jni is on the class path. */
  ZSTD("zstd") {
    @Override
    OutputStream packing(OutputStream to) throws IOException {
      return ZstdStreams.packing(to);
    }

    @Override
    InputStream unpacking(InputStream from) throws IOException {
      return ZstdStreams.unpacking(from);
    }
  };

  /** Up to this size any ratio is fine: a few zeros compress a thousandfold. */
  public static final int ANY_RATIO_BYTES = 1024 * 1024;

  /** Those that this process can pack and unpack. */
  public static final Set<Coding> AVAILABLE =
      Collections.unmodifiableSet(
          ZstdLibrary.isThere() ? EnumSet.allOf(Coding.class) : EnumSet.of(GZIP));

  private static final int STEP = 8 * 1024;

  private final String label;

  Coding(String label) {
    this.label = label;
  }

  abstract OutputStream packing(OutputStream to) throws IOException;

  abstract InputStream unpacking(InputStream from) throws IOException;

  /** Its name in HELLO. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }

  /** Appends the compressed form of all readable bytes, which are not consumed. */
  public void deflate(ByteBuf plain, ByteBuf out) {
    try (OutputStream packing = packing(new ByteBufOutputStream(out))) {
      plain.getBytes(plain.readerIndex(), packing, plain.readableBytes());
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
   * @throws IllegalArgumentException if it is not in this coding
   */
  public ByteBuf inflate(ByteBuf source, int most, int ratio) {
    if (!AVAILABLE.contains(this)) {
      throw new IllegalArgumentException(
          "compressed message: " + label + " (expected: one of " + AVAILABLE + ")");
    }
    long byRatio = Math.max(ANY_RATIO_BYTES, (long) ratio * source.readableBytes());
    long bound = Math.min(most, byRatio);
    ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(STEP);
    try (InputStream in = unpacking(new ByteBufInputStream(source.duplicate()))) {
      while (out.writeBytes(in, STEP) >= 0) {
        if (out.readableBytes() > bound) {
          throw tooLarge(source.readableBytes(), bound);
        }
      }
      return out;
    } catch (IOException e) {
      out.release();
      throw new IllegalArgumentException(
          "compressed message: " + e.getMessage() + " (expected: " + label + ")", e);
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
