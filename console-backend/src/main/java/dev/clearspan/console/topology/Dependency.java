package dev.clearspan.console.topology;

/**
 * What services call that is none of theirs, as far as spans tell: its numbers are of traces that
 * were kept. It is never in bad health: failures are kept more often, so that a share means
 * nothing.
 *
 * @param id names it among all
 * @param kind {@code database}, {@code cache}, {@code queue}, {@code http} or {@code rpc}
 * @param system such as postgresql or kafka
 * @param name of the database or destination; empty where spans do not tell
 * @param address host, with the port if there is one; empty for what runs within the process
 */
public record Dependency(
    String id, String kind, String system, String name, String address, Health health, Red red) {}
