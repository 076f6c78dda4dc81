package dev.clearspan.benchmarks;

/**
 * What a client does in one run.
 *
 * @param kind how it calls
 * @param inFlight calls at a time; of an open loop: calls a second
 * @param payloadBytes of each ball
 * @param pauseEvery the handler of each ball whose id is a multiple of this blocks {@value
 *     #PAUSE_MILLIS} ms; 0: none does
 */
record Load(Kind kind, int inFlight, int payloadBytes, int pauseEvery) {
  static final int PAUSE_MILLIS = 10;

  /** How calls are made. */
  enum Kind {
    /** Each reply sends the next ball. */
    ASYNC,
    /** Each caller waits for its reply on a thread of its own, a virtual one where there are. */
    BLOCKING,
    /** So many a second, whether replies come or not. */
    OPEN
  }

  static Load async(int inFlight) {
    return new Load(Kind.ASYNC, inFlight, 1024, 0);
  }

  static Load blocking(int callers) {
    return new Load(Kind.BLOCKING, callers, 1024, 0);
  }

  static Load open(int perSecond) {
    return new Load(Kind.OPEN, perSecond, 1024, 0);
  }

  Load withPayload(int bytes) {
    return new Load(kind, inFlight, bytes, pauseEvery);
  }

  Load withPauseEvery(int balls) {
    return new Load(kind, inFlight, payloadBytes, balls);
  }

  /** As words of an order to a {@link Player}. */
  String words() {
    return kind + " " + inFlight + " " + payloadBytes + " " + pauseEvery;
  }

  /** From the words beginning at an index. */
  static Load parse(String[] words, int first) {
    return new Load(
        Kind.valueOf(words[first]),
        Integer.parseInt(words[first + 1]),
        Integer.parseInt(words[first + 2]),
        Integer.parseInt(words[first + 3]));
  }
}
