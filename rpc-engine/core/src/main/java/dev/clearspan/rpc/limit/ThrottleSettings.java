package dev.clearspan.rpc.limit;

/**
 * When a client refuses calls by itself.
 *
 * @param enabled false: never
 * @param ratio calls sent for one that is accepted, at least
 */
public record ThrottleSettings(boolean enabled, double ratio) {
  public static final ThrottleSettings DEFAULT = new ThrottleSettings(true, 2);
}
