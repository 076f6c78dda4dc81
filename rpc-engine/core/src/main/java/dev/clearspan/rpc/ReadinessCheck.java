package dev.clearspan.rpc;

/**
 * Says whether a server can do its work: reach its database, have its caches filled. Called again
 * and again, one call at a time, on a thread of its own; may block.
 */
@FunctionalInterface
public interface ReadinessCheck {
  /**
   * Returns if all is well.
   *
   * @throws Exception if not; its message is shown to people
   */
  void check() throws Exception;
}
