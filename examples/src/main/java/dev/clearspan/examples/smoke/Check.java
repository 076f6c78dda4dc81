package dev.clearspan.examples.smoke;

import java.util.List;

/** A part of the main job. */
public interface Check {
  /** What is checked, one sentence. */
  String title();

  /** Does it and says what came of it; what does not happen in time is a finding, too. */
  List<Finding> run();
}
