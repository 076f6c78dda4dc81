package dev.clearspan.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Player} in a JVM of its own. Closing it ends the process; so does the end of this one.
 */
final class PlayerProcess implements AutoCloseable {
  private static final int END_SECONDS = 7;
  private static final int LOG_LINES = 5;
  private static final String ENDED = "ended";

  private final String name;
  private final Process process;
  private final Path log;
  private final Writer orders;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private PlayerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "answers of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  /** How a player's JVM is started. */
  record Launch(
      String name,
      Jdk jdk,
      String module,
      List<String> settings,
      Path logs,
      @Nullable Path recordings) {
    PlayerProcess start(String... arguments) throws IOException {
      List<String> command = new ArrayList<>(jdk.command());
      command.addAll(settings);
      if (recordings != null) {
        Path recording = recordings.resolve(name + ".jfr").toAbsolutePath();
        command.add(
            "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
        command.add("-Xlog:jfr+startup=off");
      }
      command.addAll(List.of("-cp", Install.classPath(module), Player.class.getName()));
      command.addAll(List.of(arguments));
      Files.createDirectories(logs);
      Path log = logs.resolve(name + ".log");
      Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
      return new PlayerProcess(name, process, log);
    }
  }

  /** Gives an order and waits at most this long for the numbers of its answer. */
  long[] ask(String order, double seconds) throws InterruptedException {
    try {
      orders.write(order + "\n");
      orders.flush();
    } catch (IOException e) {
      throw failed("takes no orders: " + e.getMessage());
    }
    return answer(seconds);
  }

  /** The numbers of the next answer. */
  long[] answer(double seconds) throws InterruptedException {
    String line = answers.poll((long) (seconds * 1000), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw failed("no answer within %.0f s".formatted(seconds));
    }
    if (line.equals(ENDED)) {
      throw failed("ended");
    }
    String[] words = line.split(" ");
    long[] numbers = new long[words.length - 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Long.parseLong(words[i + 1]);
    }
    return numbers;
  }

  /** Ends the process: first by ending its orders, so that it can write its recording. */
  @Override
  public void close() {
    try {
      orders.close();
      if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // It ends all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  void kill() {
    process.destroyForcibly();
  }

  private IllegalStateException failed(String what) {
    return new IllegalStateException(name + ": " + what + lastLines());
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
      return last.isEmpty() ? "" : "\n  " + String.join("\n  ", last) + "\n  (" + log + ")";
    } catch (IOException e) {
      return " (" + log + ")";
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = in.readLine()) != null) {
        answers.add(line);
      }
    } catch (IOException e) {
      // The process was killed: told as its end.
    }
    answers.add(ENDED);
  }
}
