package dev.clearspan.rpc.policy;

import java.util.List;

/** What one field of a policy document must be; durations are in seconds. */
public sealed interface Expectation {
  /** A number or a duration, both bounds included. */
  record Between(double least, double most) implements Expectation {}

  /** A number above the first and up to the second. */
  record Above(double bound, double most) implements Expectation {}

  /** One of these words. */
  record OneOf(List<String> words) implements Expectation {
    public OneOf {
      words = List.copyOf(words);
    }
  }

  /** A list that is not longer. */
  record AtMost(int entries) implements Expectation {}
}
