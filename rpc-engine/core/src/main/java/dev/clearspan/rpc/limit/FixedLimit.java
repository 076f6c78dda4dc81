package dev.clearspan.rpc.limit;

/**
 * What one instance takes of a caller.
 *
 * @param caller its identity or service; {@link #EACH}: each caller has this much; {@link #ALL}:
 *     all together
 * @param rate calls a second; 0: any
 * @param burst calls at once when none came for a while
 * @param concurrency calls in flight; 0: any
 */
public record FixedLimit(String caller, double rate, int burst, int concurrency) {
  public static final String EACH = "";
  public static final String ALL = "*";
}
