package dev.clearspan.examples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Listens to the terminal: r + Enter starts dead processes again. */
final class Keys {
  private final Supervisor supervisor;
  private final Progress progress;

  private Keys(Supervisor supervisor, Progress progress) {
    this.supervisor = supervisor;
    this.progress = progress;
  }

  static void listen(Supervisor supervisor, Progress progress) {
    Keys keys = new Keys(supervisor, progress);
    Thread thread = new Thread(keys::read, "keys");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answer(line.strip());
      }
    } catch (IOException e) {
      progress.say("the terminal cannot be read: " + e.getMessage());
    }
  }

  private void answer(String line) {
    if (line.equals("r")) {
      List<Child> restarted = supervisor.restartDead();
      progress.say(
          restarted.isEmpty()
              ? "nothing is dead"
              : "started again: "
                  + String.join(", ", restarted.stream().map(Child::name).toList()));
    } else if (!line.isEmpty()) {
      progress.say(line + ": unknown (expected: r, which starts again what has died)");
    }
  }
}
