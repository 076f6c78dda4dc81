package dev.clearspan.console.events;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events to all listeners, at most {@value #MAX_LISTENERS}. For the pump's thread; only
 * {@link #close} is for any.
 */
final class EventHub implements AutoCloseable {
  static final int MAX_LISTENERS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

  private final List<EventStream> streams = new CopyOnWriteArrayList<>();
  private final Backlog backlog = new Backlog();

  /**
   * Adds a listener. The stream is written by a thread of its own until its reader goes away, does
   * not keep up or may not listen any more. It begins where the reader was before, if that is known
   * still, else with the snapshot and an event {@code ready} behind it.
   *
   * @return completes when the stream is over
   */
  CompletableFuture<Void> listen(Listener listener, Supplier<List<Event>> snapshot) {
    if (streams.size() >= MAX_LISTENERS) {
      throw ProblemException.unavailable(
          MAX_LISTENERS + " listeners are connected already (expected: fewer)");
    }
    EventStream stream = new EventStream(listener);
    for (Frame frame : missed(listener, snapshot)) {
      offer(stream, frame);
    }
    streams.add(stream);
    Thread writer = new Thread(stream, "console-events");
    writer.setDaemon(true);
    writer.start();
    return stream.ended().whenComplete((nothing, failure) -> streams.remove(stream));
  }

  private List<Frame> missed(Listener listener, Supplier<List<Event>> snapshot) {
    return Optional.ofNullable(listener.lastEventId())
        .flatMap(last -> backlog.since(last, listener.topics()))
        .orElseGet(() -> frames(snapshot.get()));
  }

  /** Only the last one has an id: who lost the stream before it starts anew. */
  private List<Frame> frames(List<Event> snapshot) {
    List<Frame> frames = new ArrayList<>();
    for (Event event : snapshot) {
      frames.add(Frame.of(event, null));
    }
    frames.add(Frame.of(new Event("ready", "ready", "{}"), backlog.newest()));
    return frames;
  }

  boolean isWanted(Topic topic) {
    return streams.stream().anyMatch(stream -> stream.wants(topic));
  }

  void publish(Topic topic, Event event) {
    Frame frame = backlog.add(topic, event);
    streams.stream().filter(stream -> stream.wants(topic)).forEach(it -> offer(it, frame));
  }

  /** Tells every listener that the line is alive. */
  void heartbeat(Object data) {
    Frame frame = Frame.of(new Event("heartbeat", "heartbeat", Json.write(data)), null);
    streams.forEach(stream -> offer(stream, frame));
  }

  /** Ends the streams of those that may not listen any more. */
  void recheck() {
    streams.forEach(EventStream::recheck);
  }

  private static void offer(EventStream stream, Frame frame) {
    if (!stream.offer(frame)) {
      LOG.warn("a listener does not keep up and is cut off");
      stream.close();
    }
  }

  @Override
  public void close() {
    streams.forEach(EventStream::close);
  }
}
