package dev.clearspan.rpc.client;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What ties a channel to its process; undone in reverse when the channel closes. */
final class ChannelWiring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelWiring.class);

  private final Deque<AutoCloseable> ties = new ArrayDeque<>();

  void add(AutoCloseable tie) {
    ties.push(tie);
  }

  @Override
  public void close() {
    while (!ties.isEmpty()) {
      AutoCloseable tie = ties.pop();
      try {
        tie.close();
      } catch (Exception e) {
        LOG.warn("closing a channel: {} failed", tie, e);
      }
    }
  }
}
