package dev.clearspan.examples.smoke;

import java.util.function.Consumer;

/** A part of the main job. */
public interface Check {
  /** What is checked, one sentence. */
  String title();

  /**
   * Does it and says what came of it, figure by figure; what does not happen in time is a finding,
   * too. An exception ends the check as missed.
   */
  void run(Consumer<Finding> findings);
}
