package dev.clearspan.rpc.limit;

/**
 * Bounds of the adaptive limit.
 *
 * @param enabled false: nothing is refused by it
 * @param min calls in handlers that are always taken
 * @param max where it begins and what it never exceeds
 */
public record AdaptiveSettings(boolean enabled, int min, int max) {
  public static final AdaptiveSettings DEFAULT = new AdaptiveSettings(true, 16, Integer.MAX_VALUE);
}
