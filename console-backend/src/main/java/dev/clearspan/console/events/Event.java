package dev.clearspan.console.events;

/**
 * Something to push.
 *
 * @param slot a newer event of the same slot replaces one that was not sent yet
 * @param data JSON
 */
record Event(String name, String slot, String data) {
  /** The state of a whole topic. */
  static Event of(Topic topic, String data) {
    return new Event(topic.word(), topic.word(), data);
  }

  /** The state of a part of a topic. */
  static Event of(Topic topic, String part, String data) {
    return new Event(topic.word(), topic.word() + " " + part, data);
  }
}
