package dev.clearspan.chaos.world;

/**
 * What a client that was started in the middle of a fault told.
 *
 * @param firstCallMillis from the start of its JVM to the end of its first call
 * @param failed of its calls
 */
public record Newcomer(long firstCallMillis, long failed) {
  static Newcomer call(Place place, int calls) {
    try (Child child =
        Child.start(NewcomerMain.class, place, place.endpoints(), Integer.toString(calls))) {
      String[] told = child.said("called").split(" ");
      return new Newcomer(Long.parseLong(told[0]), Long.parseLong(told[1]));
    }
  }
}
