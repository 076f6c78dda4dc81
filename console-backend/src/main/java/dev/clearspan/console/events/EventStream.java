package dev.clearspan.console.events;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener's stream. Its own thread writes, so that a slow listener holds up no other. */
final class EventStream implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final Listener listener;
  private final Outbox outbox = new Outbox();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  EventStream(Listener listener) {
    this.listener = listener;
  }

  boolean wants(Topic topic) {
    return listener.topics().contains(topic);
  }

  boolean offer(Frame frame) {
    return outbox.offer(frame);
  }

  /** Ends the stream when its reader was signed out meanwhile. */
  void recheck() {
    if (!listener.stillAllowed().getAsBoolean()) {
      close();
    }
  }

  void close() {
    outbox.close();
  }

  /** Completes when the stream is over, whoever ended it. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void run() {
    OutputStream out = listener.out();
    try {
      Frame frame = outbox.take();
      while (frame != null) {
        out.write(frame.bytes());
        out.flush();
        frame = outbox.take();
      }
    } catch (IOException e) {
      LOG.debug("a listener went away: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.complete(null);
    }
  }
}
