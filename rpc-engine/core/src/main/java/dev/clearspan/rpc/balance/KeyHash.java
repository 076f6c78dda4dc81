package dev.clearspan.rpc.balance;

/**
 * Hashes that are the same in every process and every release: which instance a key belongs to must
 * not depend on who asks. FNV-1a, and the finalizer of Stafford's variant 13 of MurmurHash3.
 */
public final class KeyHash {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private KeyHash() {}

  /** The text's hash; never {@link Balancer#NO_KEY}. */
  public static long of(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    long mixed = mixed(hash);
    return mixed == Balancer.NO_KEY ? 1 : mixed;
  }

  static long mixed(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
