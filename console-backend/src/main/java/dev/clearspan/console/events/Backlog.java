package dev.clearspan.console.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What was pushed lately, for readers that come back: at most {@value #MAX_EVENTS} events and
 * {@value #MAX_BYTES} bytes, the newest. Its ids name the start of the console, since after another
 * start the same numbers mean other events. Less than an {@link Outbox} holds. For one thread.
 */
final class Backlog {
  static final int MAX_EVENTS = 200;
  static final int MAX_BYTES = 16 << 20;

  private record Sent(long number, Topic topic, Frame frame) {}

  private final String start = UUID.randomUUID().toString().substring(0, 8);
  private final Deque<Sent> sent = new ArrayDeque<>();
  private long number;
  private long bytes;

  /** Gives the event its id and keeps it. */
  Frame add(Topic topic, Event event) {
    number++;
    Frame frame = Frame.of(event, newest());
    sent.addLast(new Sent(number, topic, frame));
    bytes += frame.bytes().length;
    while (sent.size() > MAX_EVENTS || bytes > MAX_BYTES) {
      bytes -= sent.removeFirst().frame().bytes().length;
    }
    return frame;
  }

  /** The id of the newest event. */
  String newest() {
    return start + "-" + number;
  }

  /** What came after the event of that id; empty if that is not known any more. */
  Optional<List<Frame>> since(String id, Set<Topic> topics) {
    long last = numberOf(id);
    long oldest = sent.isEmpty() ? number + 1 : sent.getFirst().number();
    if (last < oldest - 1 || last > number) {
      return Optional.empty();
    }
    return Optional.of(
        sent.stream()
            .filter(each -> each.number() > last && topics.contains(each.topic()))
            .map(Sent::frame)
            .toList());
  }

  private long numberOf(String id) {
    String prefix = start + "-";
    return id.startsWith(prefix) && id.substring(prefix.length()).matches("[0-9]{1,18}")
        ? Long.parseLong(id, prefix.length(), id.length(), 10)
        : -1;
  }
}
