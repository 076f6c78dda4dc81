package dev.clearspan.console.topology;

import java.time.Instant;

/**
 * A moment whose topology is kept, in short.
 *
 * @param at when; its topology is over the 10 s before
 * @param rate calls a second over all edges
 * @param errorShare of them, 0 to 1
 * @param notUp instances that were not up
 * @param breakers edges whose breaker was not plainly closed
 */
public record PastMoment(Instant at, double rate, double errorShare, int notUp, int breakers) {
  static PastMoment of(Topology topology) {
    double rate = 0;
    double errors = 0;
    int breakers = 0;
    for (Edge edge : topology.edges()) {
      rate += edge.red().rate();
      errors += edge.red().rate() * edge.red().errorShare();
      breakers += edge.breaker() == EdgeBreaker.CLOSED ? 0 : 1;
    }
    long notUp =
        topology.services().stream()
            .flatMap(service -> service.instances().stream())
            .filter(instance -> instance.state() != InstanceState.UP)
            .count();
    return new PastMoment(
        topology.at(), rate, rate == 0 ? 0 : errors / rate, (int) notUp, breakers);
  }
}
