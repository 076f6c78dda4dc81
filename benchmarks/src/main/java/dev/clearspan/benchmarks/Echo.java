package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;

/** One way to send a ball and get it back. */
interface Echo {
  /** Where an echo listens. */
  interface Server extends AutoCloseable {
    int port();

    @Override
    void close();
  }

  /** One connection to it. */
  interface Client extends AutoCloseable {
    /** Sends the ball; the listener hears the reply, or a failure, once. */
    void send(Ball ball, Catcher catcher);

    @Override
    void close();
  }

  /** Hears how a call ended. */
  interface Catcher {
    void caught(Ball reply);

    void failed(Throwable cause);
  }
}
