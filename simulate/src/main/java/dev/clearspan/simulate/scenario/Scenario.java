package dev.clearspan.simulate.scenario;

/** Something that happens to clients and servers, with what must come of it. */
public interface Scenario {
  /** As on the command line. */
  String name();

  /** What happens, in a sentence. */
  String sentence();

  /** How many clients and servers it has unless told otherwise. */
  Size standard();

  /** Plays it; the same size and seed are the same play. */
  Play play(Size size, long seed, Progress progress);

  /** How many take part. */
  record Size(int clients, int servers) {}

  /** Hears how far a play is. */
  @FunctionalInterface
  interface Progress {
    void passed(int second, int seconds);
  }
}
