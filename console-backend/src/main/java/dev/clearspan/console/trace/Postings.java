package dev.clearspan.console.trace;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of one batch that have a term: the sequence of the first, and of the others how far
 * each is from the one before it, 7 bits a byte, the lowest first. For one thread.
 */
final class Postings {
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private final long first;
  private final ByteArrayOutputStream others = new ByteArrayOutputStream();
  private long last;

  Postings(long first) {
    this.first = first;
    this.last = first;
  }

  long first() {
    return first;
  }

  /** Adds a sequence that is higher than those before. */
  void add(long sequence) {
    long step = sequence - last;
    last = sequence;
    while (step >= MORE) {
      others.write((int) (step & (MORE - 1)) | MORE);
      step >>>= BITS;
    }
    others.write((int) step);
  }

  /** The others; null if the first is the only one. */
  byte @Nullable [] others() {
    return others.size() == 0 ? null : others.toByteArray();
  }

  /** All sequences that were stored so, ascending; of damaged bytes some. */
  static long[] sequences(long first, byte @Nullable [] others) {
    byte[] bytes = others == null ? new byte[0] : others;
    long[] sequences = new long[bytes.length + 1];
    sequences[0] = first;
    int count = 1;
    long step = 0;
    int shift = 0;
    for (byte next : bytes) {
      step |= (long) (next & (MORE - 1)) << shift;
      shift += BITS;
      if ((next & MORE) == 0) {
        sequences[count] = sequences[count - 1] + step;
        count++;
        step = 0;
        shift = 0;
      }
    }
    return Arrays.copyOf(sequences, count);
  }
}
