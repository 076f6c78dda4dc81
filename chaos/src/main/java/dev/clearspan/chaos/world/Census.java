package dev.clearspan.chaos.world;

/**
 * What a client told that follows many services.
 *
 * @param callMillis from the start of its JVM to the end of its first call
 * @param allMillis from the start of its JVM until it knew all instances
 * @param instances that it knows
 * @param heapKib live heap then
 */
public record Census(long callMillis, long allMillis, long instances, long heapKib) {
  /** Starts a client that follows so many services; waits until it knows all their instances. */
  public static Census take(Place place, int services, int instancesEach) {
    Place fresh =
        new Place(place.endpoints(), place.env(), place.snapshots().resolve("census" + services));
    try (Child child =
        Child.start(
            CensusMain.class,
            fresh,
            place.endpoints(),
            Integer.toString(services),
            Integer.toString(instancesEach))) {
      String[] told = child.said("knows").split(" ");
      return new Census(
          Long.parseLong(told[0]),
          Long.parseLong(told[1]),
          Long.parseLong(told[2]),
          Long.parseLong(told[3]));
    }
  }
}
