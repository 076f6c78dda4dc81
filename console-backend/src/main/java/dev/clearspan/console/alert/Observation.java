package dev.clearspan.console.alert;

import java.util.List;

/**
 * What a rule finds in one round.
 *
 * @param blind why nothing can be said of any target; empty: something can
 */
record Observation(List<Sample> samples, String blind) {
  Observation {
    samples = List.copyOf(samples);
  }

  static Observation of(List<Sample> samples) {
    return new Observation(samples, "");
  }

  static Observation blind(String why) {
    return new Observation(List.of(), why);
  }
}
