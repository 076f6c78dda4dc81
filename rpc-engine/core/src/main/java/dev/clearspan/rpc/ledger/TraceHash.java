package dev.clearspan.rpc.ledger;

/**
 * Places traces on a scale that all processes share, so that those which must drop some drop the
 * same ones: a process with threshold t keeps what hashes below t.
 *
 * <p>Multiplicative hashing (Knuth, The Art of Computer Programming, vol. 3, 6.4): the upper 16
 * bits of the product with 2^64 / the golden ratio. Part of the protocol: it never changes.
 */
public final class TraceHash {
  /** One more than the largest hash: the threshold that drops nothing. */
  public static final int END = 1 << 16;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private TraceHash() {}

  /**
   * A trace's place, 0 to 65535.
   *
   * @param traceIdLow lower 64 bits of the trace id
   */
  public static int of(long traceIdLow) {
    return (int) (traceIdLow * GOLDEN >>> 48);
  }
}
