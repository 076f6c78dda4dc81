package dev.clearspan.console.topology;

/**
 * Calls from a service to a dependency, as far as spans tell.
 *
 * @param dependency its id
 */
public record DependencyEdge(String caller, String dependency, Health health, Red red) {}
