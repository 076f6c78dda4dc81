package dev.clearspan.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  @Test
  void theSameSeedIsTheSameRunToTheByte() throws IOException {
    String first = played("first", "7");
    String again = played("again", "7");
    String other = played("other", "8");

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(chart("again")).isEqualTo(chart("first"));
    assertThat(chart("other")).isNotEqualTo(chart("first"));
  }

  @Test
  void everyScenarioIsListed() {
    assertThat(run("--list")).isZero();
    assertThat(text(out))
        .contains("balance", "slow-server", "new-server", "failing-backend", "overload")
        .contains("recovery", "rolling-restart");
  }

  @Test
  void wrongUseNamesWhatIsExpected() {
    assertThat(run("--only", "chaos")).isEqualTo(2);
    assertThat(run("--servers", "1")).isEqualTo(2);
    assertThat(run("--seed")).isEqualTo(2);
    assertThat(text(progress))
        .contains("scenario: chaos (expected: one of slow-server, ")
        .contains("--servers: 1 (expected: a number from 2 to 1000)")
        .contains("--seed: no value (expected: one)");
  }

  @Test
  void aMissedTargetFailsTheRunAndSaysHowToPlayItAgain() {
    String charts = directory.toString();
    assertThat(run("--only", "slow-server", "--clients", "5", "--servers", "2", "--out", charts))
        .isEqualTo(1);
    assertThat(text(out))
        .contains("MISSED")
        .contains("./clearspan simulate --only slow-server --seed 1 --clients 5 --servers 2");
  }

  @Test
  void aChartThatCannotBeWrittenFailsTheRun() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThat(run("--only", "new-server", "--servers", "2", "--out", file.toString()))
        .isEqualTo(1);
    assertThat(text(progress)).contains("cannot write " + file);
  }

  private String played(String name, String seed) {
    out.reset();
    run(
        "--only",
        "new-server",
        "--seed",
        seed,
        "--clients",
        "5",
        "--servers",
        "3",
        "--out",
        directory.resolve(name).toString());
    return text(out).replaceAll("charts: .*", "");
  }

  private String chart(String name) throws IOException {
    return Files.readString(directory.resolve(name).resolve("new-server.svg"));
  }

  private int run(String... arguments) {
    return Simulate.run(stream(out), stream(progress), arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
