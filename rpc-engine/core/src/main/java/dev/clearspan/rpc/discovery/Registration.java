package dev.clearspan.rpc.discovery;

/**
 * A registered instance. It is kept registered for ever, through registry restarts and lost leases,
 * until it is closed.
 */
public interface Registration extends AutoCloseable {
  /** Whether the registry holds the instance now, as far as is known. */
  boolean isRegistered();

  /**
   * Writes the drain mark, so that clients stop picking the instance while it finishes what is in
   * flight. Returns when the registry has it, or after 2 s without it.
   */
  void drain();

  /**
   * Has the instance taken out of use, or back, without an end in sight: the drain mark is written
   * and removed again. Returns at once; without meaning once it drains. Discovery that has no marks
   * does nothing.
   */
  default void ready(boolean ready) {}

  /** Deletes the instance from the registry, waiting up to 2 s. */
  @Override
  void close();
}
