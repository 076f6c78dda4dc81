package dev.clearspan.console.change;

import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.KeepOrder;
import java.time.Instant;

/**
 * A caller all of whose calls are kept now.
 *
 * @param method empty: all methods
 * @param revision of the policy that contains the order; processes acknowledge it
 */
public record KeptCaller(
    String caller,
    String method,
    Instant since,
    Instant until,
    String reason,
    String author,
    long revision) {

  static KeptCaller of(KeepOrder order, long revision) {
    return new KeptCaller(
        order.getCaller(),
        order.getMethod(),
        Times.instant(order.getSince()),
        Times.instant(order.getUntil()),
        order.getReason(),
        order.getAuthor(),
        revision);
  }
}
