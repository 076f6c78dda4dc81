package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A console is killed again and again while it writes: what it had acknowledged is there, with the
 * row that says who did it; and without its files no rule is lost.
 */
class KilledConsoleIT {
  private static final int FEWEST_WRITES = 10;
  private static final int MORE_WRITES = 40;

  private final String env = SharedEtcd.freshEnv();
  private final AcknowledgedWrites writes = new AcknowledgedWrites();
  private final Random random = new Random(7);

  @TempDir private Path directory;

  @Test
  void fiveTimes_nothingAcknowledgedIsLost() throws IOException {
    killUnderWrites(5);
  }

  @Test
  @Tag("full")
  void fiftyTimes_nothingAcknowledgedIsLost() throws IOException {
    killUnderWrites(50);
  }

  private void killUnderWrites(int kills) throws IOException {
    try (ShopProcess kept =
        new ShopProcess(SharedEtcd.etcd().endpoint(), env, "kept", "kept-1").serve()) {
      for (int kill = 0; kill < kills; kill++) {
        writeUntilKilled();
        try (ConsoleProcess console = start()) {
          writes.assertAllThere(console.admin());
        }
      }
      deleteFiles();
      try (ConsoleProcess console = start()) {
        writes.assertRulesThere(console.admin());
        assertThat(console.admin().get("/api/v1/tokens").body()).isEmpty();
      }
    }
    System.out.printf(
        "%d kills: %d tokens and %d policies were acknowledged, all are there%n",
        kills, writes.tokens(), writes.policies());
  }

  private ConsoleProcess start() throws IOException {
    ConsoleProcess console =
        ConsoleProcess.start(env, Files.createDirectories(directory.resolve("data")));
    await().until(() -> console.admin().get("/api/v1/services/kept/policy").status() == 200);
    return console;
  }

  private void writeUntilKilled() throws IOException {
    writes.beginRound();
    int enough = FEWEST_WRITES + random.nextInt(MORE_WRITES);
    int tokens = writes.tokens() + enough;
    int policies = writes.policies() + enough;
    List<CompletableFuture<Void>> writers;
    try (ConsoleProcess console = start()) {
      writers =
          List.of(
              whileItLives(writes::writeToken, console.admin()),
              whileItLives(writes::writePolicy, console.admin()));
      await()
          .until(
              () ->
                  writers.stream().anyMatch(CompletableFuture::isDone)
                      || writes.tokens() >= tokens && writes.policies() >= policies);
    }
    CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
    assertThat(writes.tokens()).isGreaterThanOrEqualTo(tokens);
    assertThat(writes.policies()).isGreaterThanOrEqualTo(policies);
  }

  private static CompletableFuture<Void> whileItLives(Consumer<Client> write, Client admin) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            while (true) {
              write.accept(admin);
            }
          } catch (UncheckedIOException e) {
            // It was killed.
          }
        },
        task -> new Thread(task, "writer").start());
  }

  private void deleteFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
