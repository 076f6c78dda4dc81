package dev.clearspan.simulate.scenario;

import dev.clearspan.simulate.measure.Recording;

/** Shares of calls. */
final class Share {
  private Share() {}

  /** Of the calls that ended in these seconds, those that ended well. */
  static double wellEnded(Recording recording, int from, int to) {
    double succeeded = recording.succeeded(from, to);
    return succeeded / (succeeded + recording.failed(from, to));
  }

  /** Goodput in these seconds against what was offered in them. */
  static double ofOffered(Recording recording, int from, int to) {
    return (double) recording.succeeded(from, to) / recording.offered(from, to);
  }
}
