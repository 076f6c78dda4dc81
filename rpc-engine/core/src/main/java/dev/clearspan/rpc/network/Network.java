package dev.clearspan.rpc.network;

/**
 * Carries unary calls from channels to instances. Streams are not carried: opening one fails with
 * {@link UnsupportedOperationException}.
 */
@FunctionalInterface
public interface Network {
  /**
   * Opens the line to an instance, which connects and reconnects by itself until it is closed.
   *
   * @param host of the instance, as registered
   * @param port of the instance, as registered
   * @param listener hears how the line is doing, perhaps before this returns, in order
   */
  Line open(String host, int port, Line.Listener listener);
}
