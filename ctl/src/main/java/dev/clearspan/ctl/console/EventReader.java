package dev.clearspan.ctl.console;

import java.util.function.BiConsumer;

/** Puts the lines of an event stream together. */
final class EventReader {
  private final BiConsumer<String, String> listener;
  private final StringBuilder data = new StringBuilder();
  private String name = "";

  EventReader(BiConsumer<String, String> listener) {
    this.listener = listener;
  }

  void line(String line) {
    if (line.isEmpty()) {
      end();
    } else if (line.startsWith("event:")) {
      name = line.substring("event:".length()).strip();
    } else if (line.startsWith("data:")) {
      data.append(data.isEmpty() ? "" : "\n").append(line.substring("data:".length()).strip());
    }
  }

  private void end() {
    if (!data.isEmpty()) {
      listener.accept(name, data.toString());
    }
    data.setLength(0);
    name = "";
  }
}
