package dev.clearspan.console.trace;

import dev.clearspan.console.intake.SpanGroup;
import java.util.List;
import java.util.Optional;

/**
 * Keeps traces and finds them again: the seam behind which H2, or a shared store for several
 * consoles, stands. Every implementation passes {@code TraceStoreContract}. Thread-safe, except
 * that {@link #append} has one caller.
 */
public interface TraceStore extends AutoCloseable {
  /**
   * Stores spans, of any number of traces; what this returned from is found by the next query.
   *
   * @throws TraceStoreException if they could not be stored; the store may be used again
   */
  void append(List<SpanGroup> spans);

  /**
   * The newest traces that match, newest first. One whose root is still on its way is left out
   * until the root is here, or for 3 s after its last span; {@link #find} has it at once.
   *
   * @throws TraceStoreException if the store cannot be read
   */
  TraceSearch search(TraceQuery query);

  /**
   * All stored spans of one trace, or empty if none is stored.
   *
   * @throws TraceStoreException if the store cannot be read
   */
  Optional<Trace> find(TraceId id);

  /**
   * The newest failed calls, newest first, at most {@code limit}.
   *
   * @throws TraceStoreException if the store cannot be read
   */
  List<Failure> failures(int limit);

  TraceStoreState state();

  /** What this store is, and in words what it cannot do. */
  default Description description() {
    return new Description("h2", "a file of this console", List.of());
  }

  /**
   * What a store is.
   *
   * @param kind {@code h2} or {@code jaeger}
   * @param where for people
   * @param limits what it cannot do that other stores can, a sentence each
   */
  record Description(String kind, String where, List<String> limits) {
    public Description {
      limits = List.copyOf(limits);
    }
  }

  @Override
  void close();
}
