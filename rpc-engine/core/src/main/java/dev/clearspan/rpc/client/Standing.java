package dev.clearspan.rpc.client;

import dev.clearspan.rpc.ledger.CallEvent;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one verdict on the endpoints of a method's route, over all that was learned of them, as of
 * one version of it. An endpoint is left out
 *
 * <ul>
 *   <li>by its breaker for the method, while that is not closed (or forced half open),
 *   <li>as an outlier, while it is ejected,
 *   <li>as a suspect, while it is gone from the registry, though still connected.
 * </ul>
 *
 * <p>Endpoints that an operator has shut (forced OPEN, drained, ejected) are no candidates,
 * whatever else holds. Of the candidates:
 *
 * <ol>
 *   <li>If all are out by their breakers, calls are refused: it is the service that fails, and
 *       refusing is what breakers are for.
 *   <li>Else, if more are left out than {@code outlier.maxLeftOut} allows, or all are, it is panic:
 *       the few others would break, too, so all candidates are used.
 *   <li>Else those that are left out take no calls, but for the probes of their breakers.
 * </ol>
 *
 * Immutable but for the news of a change, which goes to whoever asks first.
 */
final class Standing {
  private final long version;
  private final boolean panic;
  private final boolean @Nullable [] benched;
  private final AtomicReference<CallEvent.@Nullable PanicChanged> news;

  /**
   * As judged.
   *
   * @param benched who is left out for another reason than its breaker; null: nobody
   * @param news the change that this is to calls; null: none
   */
  Standing(
      long version,
      boolean panic,
      boolean @Nullable [] benched,
      CallEvent.@Nullable PanicChanged news) {
    this.version = version;
    this.panic = panic;
    this.benched = benched;
    this.news = new AtomicReference<>(news);
  }

  /** The version of what was learned that this is drawn from. */
  long version() {
    return version;
  }

  boolean panic() {
    return panic;
  }

  /** Whether the endpoint is left out for another reason than its breaker. */
  boolean isBenched(int index) {
    return benched != null && benched[index];
  }

  /** The change that came with this verdict, once. */
  CallEvent.@Nullable PanicChanged takeNews() {
    return news.get() == null ? null : news.getAndSet(null);
  }
}
