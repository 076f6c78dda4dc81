package dev.clearspan.console.events;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener's stream, in the format of server-sent events (https://html.spec.whatwg.org, 9.2).
 * Its own thread writes, so that a slow listener holds up no other.
 */
final class EventStream implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final Set<Topic> topics;
  private final OutputStream out;
  private final BooleanSupplier stillAllowed;
  private final AtomicLong sequence;
  private final Outbox outbox = new Outbox();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  EventStream(
      Set<Topic> topics, OutputStream out, BooleanSupplier stillAllowed, AtomicLong sequence) {
    this.topics = topics;
    this.out = out;
    this.stillAllowed = stillAllowed;
    this.sequence = sequence;
  }

  boolean wants(Topic topic) {
    return topics.contains(topic);
  }

  boolean offer(Event event) {
    return outbox.offer(event);
  }

  /** Ends the stream when its reader was signed out meanwhile. */
  void recheck() {
    if (!stillAllowed.getAsBoolean()) {
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
    try {
      Event event = outbox.take();
      while (event != null) {
        write(event);
        event = outbox.take();
      }
    } catch (IOException e) {
      LOG.debug("a listener went away: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.complete(null);
    }
  }

  private void write(Event event) throws IOException {
    String text =
        "id: "
            + sequence.incrementAndGet()
            + "\nevent: "
            + event.name()
            + "\ndata: "
            + event.data()
            + "\n\n";
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
