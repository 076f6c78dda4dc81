package dev.clearspan.benchmarks.intake;

/**
 * What a run saw.
 *
 * @param spansPerSecond taken and stored
 * @param rawSpansPerSecond inserted into H2 without a console
 * @param refused requests answered with 429 meanwhile
 * @param consoleMicros CPU of the console a span
 * @param senderMicros CPU of the sender a span
 * @param stored spans in the console at the end
 * @param acknowledged spans it had said it took
 * @param fileBytes size of its file then
 * @param lookupNanos of traces by id, ascending
 */
record IntakeFigures(
    double spansPerSecond,
    double rawSpansPerSecond,
    long refused,
    double consoleMicros,
    double senderMicros,
    long stored,
    long acknowledged,
    long fileBytes,
    long[] lookupNanos) {

  private static final double ENOUGH = 50_000;
  private static final double ENOUGH_OF_RAW = 0.5;
  private static final double LOOKUP_MILLIS = 50;

  double ofRaw() {
    return spansPerSecond / rawSpansPerSecond;
  }

  double lookupMillis(double share) {
    return lookupNanos[(int) (share * (lookupNanos.length - 1))] / 1e6;
  }

  boolean nothingLost() {
    return stored == acknowledged;
  }

  String markdown() {
    return """
        | | seen | target | |
        |---|--:|--:|---|
        | spans stored a second | %,.0f | %,.0f, or half of H2 alone | %s |
        | H2 alone, the same bytes | %,.0f | | |
        | of that | %.2f | %.2f | |
        | CPU a span: console, sender | %.1f us, %.1f us | | |
        | requests answered with 429 | %,d | | |
        | spans stored of those acknowledged | %,d of %,d | all | %s |
        | bytes a span in the file | %.0f | | |
        | trace by id, median | %.2f ms | | |
        | trace by id, p99 | %.2f ms | %.0f ms | %s |
        """
        .formatted(
            spansPerSecond,
            ENOUGH,
            verdict(spansPerSecond >= ENOUGH || ofRaw() >= ENOUGH_OF_RAW),
            rawSpansPerSecond,
            ofRaw(),
            ENOUGH_OF_RAW,
            consoleMicros,
            senderMicros,
            refused,
            stored,
            acknowledged,
            verdict(nothingLost()),
            (double) fileBytes / Math.max(1, stored),
            lookupMillis(0.5),
            lookupMillis(0.99),
            LOOKUP_MILLIS,
            verdict(lookupMillis(0.99) <= LOOKUP_MILLIS));
  }

  private static String verdict(boolean met) {
    return met ? "met" : "MISSED";
  }
}
