package dev.clearspan.rpc.network;

/** The way from one channel to one instance. */
public interface Line extends AutoCloseable {
  /**
   * Takes an exchange to the instance; it is to be ended exactly once, by its methods. Called only
   * while the line is ready.
   */
  void send(Exchange exchange);

  /** The caller has given the exchange up and has ended it; the instance may be told. */
  void cancel(Exchange exchange);

  /** The channel needs it no more; exchanges on the line are to be ended as lost. */
  @Override
  void close();

  /** Hears how a line is doing. A line is connecting until it says otherwise. */
  interface Listener {
    /** Calls can be sent. */
    void ready();

    /** The instance takes no new calls; those on the line finish. */
    void draining(String cause);

    /** Nobody answers there, for this reason; exchanges on the line are to be ended as lost. */
    void unreachable(String cause);
  }
}
