package dev.clearspan.rpc.discovery;

/** Ends a watch. Closing twice does nothing; after it returns no new notification starts. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
