package dev.clearspan.console.intake;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body, inflating gzip, and stops at the first byte too many: nothing is held beyond the
 * limits.
 */
final class RequestBody {
  private static final int CHUNK = 16 << 10;
  // A tiny body may shrink by more than the ratio allows without being a bomb.
  private static final int RATIO_FREE_BYTES = 256 << 10;

  private final int maxBytes;
  private final int maxInflation;

  RequestBody(IntakeConfig config) {
    this.maxBytes = config.maxBodyBytes();
    this.maxInflation = config.maxInflation();
  }

  byte[] read(InputStream wire, @Nullable String contentEncoding, ByteBudget.Share share)
      throws Refusal {
    Metered metered = new Metered(wire);
    try {
      return drain(decoded(metered, contentEncoding), metered, share);
    } catch (ZipException | EOFException e) {
      throw Refusal.malformed("The body is not complete gzip: " + e.getMessage());
    } catch (IOException e) {
      throw Refusal.malformed("The body ended early: " + e.getMessage());
    }
  }

  private static InputStream decoded(Metered wire, @Nullable String contentEncoding)
      throws IOException, Refusal {
    String encoding =
        contentEncoding == null ? "identity" : contentEncoding.strip().toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "", "identity" -> wire;
      case "gzip" -> new GZIPInputStream(wire, CHUNK);
      default ->
          throw Refusal.unsupported("Content-Encoding: " + encoding + " (expected: gzip or none)");
    };
  }

  private byte[] drain(InputStream body, Metered wire, ByteBudget.Share share)
      throws IOException, Refusal {
    ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
    byte[] chunk = new byte[CHUNK];
    for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
      share.grow(read);
      out.write(chunk, 0, read);
      check(out.size(), wire.bytes);
    }
    return out.toByteArray();
  }

  private void check(int size, long wireBytes) throws Refusal {
    if (size > maxBytes) {
      throw Refusal.tooLarge(
          "The body has more than "
              + maxBytes
              + " bytes when inflated; send smaller batches, or raise "
              + "CLEARSPAN_OTLP_MAX_BYTES.");
    }
    if (size > RATIO_FREE_BYTES && size > wireBytes * maxInflation) {
      throw Refusal.tooLarge(
          "The body inflates more than " + maxInflation + " times (expected: less).");
    }
  }

  /** Counts what came over the wire. */
  private static final class Metered extends FilterInputStream {
    private long bytes;

    Metered(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      bytes += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      bytes += Math.max(0, read);
      return read;
    }
  }
}
