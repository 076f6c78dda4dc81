package dev.clearspan.console.metric;

/**
 * What was counted in a window for one caller, service, method and instance.
 *
 * @param caller calling service; empty where only the server counted
 * @param service called service
 * @param method full name, such as {@code shop.Orders/Place}
 * @param instance the called instance, for attempts; empty for logical calls (all attempts of one
 *     call count once)
 * @param calls calls, or attempts when there is an instance
 * @param errors of those, with any code but OK
 * @param retries attempts after a call's first (retries, transparent retries, hedges)
 * @param latency durations of all of them
 */
public record CallTotals(
    String caller,
    String service,
    String method,
    String instance,
    long calls,
    long errors,
    long retries,
    LatencyHistogram latency) {}
