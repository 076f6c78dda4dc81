package dev.clearspan.examples.smoke;

/** The hand on the shop's processes, which no API of the console gives. */
public interface ShopControl {
  /** Starts one more instance of a service, and answers its id. */
  String startExtra(String service);

  /**
   * Waits for the instance's key in the registry.
   *
   * @return {@link System#nanoTime} when it was first seen
   */
  long awaitRegistered(String service, String instance);

  /**
   * Ends the process with SIGKILL.
   *
   * @return {@link System#nanoTime} just before
   */
  long kill(String instance);

  /** Makes a share of the calls of all instances of a service fail. */
  void setFailShare(String service, double share);

  /** Changes the load. */
  void setOrdersPerSecond(double rate);
}
