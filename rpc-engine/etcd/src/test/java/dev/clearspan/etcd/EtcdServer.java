package dev.clearspan.etcd;

/** A process that speaks etcd's API, and can be mistreated. Closing it leaves nothing behind. */
public interface EtcdServer extends AutoCloseable {
  /** The client URL. */
  String endpoint();

  /** kill -9. */
  void kill();

  /** Starts again after {@link #kill}, on the same port and data, without waiting for it. */
  void restart();

  /** Stops it in its tracks (SIGSTOP): connections stay open and nothing answers. */
  void freeze();

  /** Lets it go on (SIGCONT). */
  void thaw();

  /** Returns when it answers requests. */
  void awaitReady();

  @Override
  void close();
}
