package dev.clearspan.console.events;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is written, encoded once for all its readers: one of the format of server-sent
 * events (https://html.spec.whatwg.org, 9.2). The bytes are not to be changed.
 *
 * @param slot a newer frame of the same slot replaces one that was not sent yet
 */
@SuppressWarnings("ArrayRecordComponent")
record Frame(String slot, byte[] bytes) {
  /**
   * Encodes an event.
   *
   * @param id what a reader names to go on after this one; null: it goes on after the one before
   */
  static Frame of(Event event, @Nullable String id) {
    String text =
        (id == null ? "" : "id: " + id + "\n")
            + ("event: " + event.name() + "\ndata: ")
            + event.data()
            + "\n\n";
    return new Frame(event.slot(), text.getBytes(StandardCharsets.UTF_8));
  }
}
