package dev.clearspan.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link Player} in a JVM of its own. Closing it ends the process. */
final class PlayerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;

  private PlayerProcess(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  static PlayerProcess start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC"));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Player.class.getName());
    command.addAll(List.of(arguments));
    return new PlayerProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Gives an order and waits at most this long for its answer, whose first word is dropped. */
  long[] ask(String order, long seconds) throws Exception {
    orders.write(order + "\n");
    orders.flush();
    return answer(seconds);
  }

  /** The numbers of the next answer. */
  long[] answer(long seconds) throws Exception {
    CompletableFuture<String> line = CompletableFuture.supplyAsync(this::readLine);
    String[] words = line.get(seconds, TimeUnit.SECONDS).split(" ");
    long[] numbers = new long[words.length - 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Long.parseLong(words[i + 1]);
    }
    return numbers;
  }

  Usage usage() throws Exception {
    long[] numbers = ask("usage", 10);
    return new Usage(numbers[0], numbers[1]);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private String readLine() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("process " + process.pid() + " ended without an answer");
      }
      return line;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
