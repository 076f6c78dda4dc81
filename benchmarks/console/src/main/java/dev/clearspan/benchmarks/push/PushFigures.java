package dev.clearspan.benchmarks.push;

import java.time.Duration;

/**
 * What a run saw.
 *
 * @param options what was measured
 * @param heardNanos from before a change was written until a listener had read it, ascending
 * @param missed changes that a listener did not hear of
 * @param consoleCpu spent by the console while there were changes
 * @param took as long as there were changes
 * @param heapBytes of the console, after a collection
 * @param listenerBytes read by one listener while there were changes
 * @param snapshotBytes read by one listener before
 */
record PushFigures(
    PushOptions options,
    long[] heardNanos,
    int missed,
    Duration consoleCpu,
    Duration took,
    long heapBytes,
    long listenerBytes,
    long snapshotBytes) {

  private static final double HEARD_MILLIS = 300;
  private static final double CORE_SHARE = 0.10;

  private double heardMillis(double share) {
    return heardNanos.length == 0
        ? Double.NaN
        : heardNanos[(int) (share * (heardNanos.length - 1))] / 1e6;
  }

  private double coreShare() {
    return (double) consoleCpu.toNanos() / took.toNanos();
  }

  boolean allHeard() {
    return missed == 0;
  }

  String markdown() {
    return """
        %d services, %,d instances, %d listeners, %d s, a change and %d status writes a second

        | | seen | target | |
        |---|--:|--:|---|
        | from etcd to a listener, median | %.0f ms | | |
        | from etcd to a listener, p95 | %.0f ms | %.0f ms | %s |
        | from etcd to a listener, p99 | %.0f ms | | |
        | changes not heard, of all listeners | %d of %d | 0 | %s |
        | CPU of the console | %.1f%% of a core | %.0f%% | %s |
        | live heap of the console | %.0f MiB | | |
        | a snapshot | %,.0f KiB | | |
        | a listener reads | %.1f KiB/s | | |
        """
        .formatted(
            options.services(),
            options.instances(),
            options.listeners(),
            options.seconds(),
            options.statusWrites(),
            heardMillis(0.5),
            heardMillis(0.95),
            HEARD_MILLIS,
            verdict(heardMillis(0.95) <= HEARD_MILLIS),
            heardMillis(0.99),
            missed,
            missed + heardNanos.length,
            verdict(allHeard()),
            coreShare() * 100,
            CORE_SHARE * 100,
            verdict(coreShare() <= CORE_SHARE),
            heapBytes / 1048576.0,
            snapshotBytes / 1024.0,
            listenerBytes / 1024.0 / (took.toNanos() / 1e9));
  }

  private static String verdict(boolean met) {
    return met ? "met" : "MISSED";
  }
}
