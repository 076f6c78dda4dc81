package dev.clearspan.console.findable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A process that obeys {@link Orders}. */
final class Told {
  private final Process process;
  private final BufferedReader answers;

  Told(Process process) {
    this.process = process;
    this.answers = Chain.output(process);
  }

  /** What it says without being told. */
  String line() {
    return Chain.line(answers);
  }

  String tell(String order) {
    try {
      process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line();
  }

  long number(String order) {
    return Long.parseLong(tell(order));
  }
}
