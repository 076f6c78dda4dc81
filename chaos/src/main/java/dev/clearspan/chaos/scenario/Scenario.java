package dev.clearspan.chaos.scenario;

import java.util.List;

/** Something that goes wrong, with what must come of it. */
public interface Scenario {
  /** As on the command line. */
  String name();

  /** What happens, in a sentence. */
  String sentence();

  /** How long the fault, or the stretch of faults, lasts unless told otherwise, in seconds. */
  int standardSeconds();

  /**
   * Plays it, which takes longer than the fault alone.
   *
   * @throws IllegalStateException if something did not come about that the scenario needs
   */
  List<Finding> play(Stage stage) throws InterruptedException;
}
