package dev.clearspan.console.metric;

/** What one series of the aggregates counts. */
record SeriesKey(Source source, String caller, String service, String method, String instance) {
  /** Who counted it, and what one count means. */
  enum Source {
    /** A logical call, by its caller. */
    CALL,
    /** One attempt at one instance, by its caller. */
    ATTEMPT,
    /** A call at the instance that served it. */
    SERVED
  }
}
