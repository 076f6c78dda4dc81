package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One way to send a ball and get it back. */
public final class Echo {
  private static final int WAIT_SECONDS = 30;

  private Echo() {}

  /** What every server does with a ball: waits if it says so, and returns it. */
  public static Ball answer(Ball ball) {
    pause(ball.getPauseMillis());
    return ball;
  }

  /** Waits like a handler that blocks. */
  public static void pause(int millis) {
    if (millis > 0) {
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Where an echo listens. */
  public interface Server extends AutoCloseable {
    int port();

    /** Switches what is told of calls on or off, if that can be done while it runs. */
    default void telemetry(boolean on) {}

    @Override
    void close();
  }

  /** One connection to it. */
  public interface Client extends AutoCloseable {
    /** Sends the ball; the catcher hears the reply, or a failure, once. */
    void send(Ball ball, Catcher catcher);

    /** Sends the ball and waits for the reply. */
    default Ball call(Ball ball) throws Exception {
      CompletableFuture<Ball> reply = new CompletableFuture<>();
      send(
          ball,
          new Catcher() {
            @Override
            public void caught(Ball back) {
              reply.complete(back);
            }

            @Override
            public void failed(Throwable cause) {
              reply.completeExceptionally(cause);
            }
          });
      return reply.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Switches what is told of calls on or off, if that can be done while it runs. */
    default void telemetry(boolean on) {}

    @Override
    void close();
  }

  /** Hears how a call ended. */
  public interface Catcher {
    void caught(Ball reply);

    void failed(Throwable cause);
  }
}
