package dev.clearspan.console.events;

import dev.clearspan.console.problem.ProblemException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries events to all listeners, at most {@value #MAX_LISTENERS}. Thread-safe. */
public final class EventHub implements AutoCloseable {
  static final int MAX_LISTENERS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

  private final List<EventStream> streams = new CopyOnWriteArrayList<>();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong cutOff = new AtomicLong();

  /**
   * Adds a listener. The stream is written by a thread of its own until its reader goes away, does
   * not keep up or may not listen any more.
   *
   * @return completes when the stream is over
   */
  CompletableFuture<Void> listen(
      Set<Topic> topics, OutputStream out, BooleanSupplier stillAllowed, List<Event> snapshot) {
    if (streams.size() >= MAX_LISTENERS) {
      throw ProblemException.unavailable(
          MAX_LISTENERS + " listeners are connected already (expected: fewer)");
    }
    EventStream stream = new EventStream(topics, out, stillAllowed, sequence);
    streams.add(stream);
    snapshot.forEach(stream::offer);
    Thread writer = new Thread(stream, "console-events");
    writer.setDaemon(true);
    writer.start();
    return stream.ended().whenComplete((nothing, failure) -> streams.remove(stream));
  }

  boolean isWanted(Topic topic) {
    return streams.stream().anyMatch(stream -> stream.wants(topic));
  }

  void publish(Topic topic, Event event) {
    streams.stream().filter(stream -> stream.wants(topic)).forEach(it -> offer(it, event));
  }

  /** Tells every listener that the line is alive, and ends those that may not listen any more. */
  void heartbeat(Event event) {
    streams.forEach(stream -> offer(stream, event));
  }

  void recheck() {
    streams.forEach(EventStream::recheck);
  }

  /** Listeners that were cut off because they did not keep up. */
  public long cutOff() {
    return cutOff.get();
  }

  private void offer(EventStream stream, Event event) {
    if (!stream.offer(event)) {
      cutOff.incrementAndGet();
      LOG.warn("a listener does not keep up and is cut off");
      stream.close();
    }
  }

  @Override
  public void close() {
    streams.forEach(EventStream::close);
  }
}
