package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that stores traces is killed; the file must open again with all but the last of them:
 * half a second's worth as designed, two seconds' on a machine so busy that H2's writer must wait.
 */
class KilledWriterIT {
  private static final int KILLS = 3;
  private static final int WRITES_BEFORE_KILL = 400;
  private static final String STORED = "stored ";
  private static final long FIRST_MILLIS = 1000;
  private static final long LOSS_MILLIS = 2000;

  @TempDir private Path directory;

  /** Appends trace after trace and prints number and moment of each that was acknowledged. */
  public static final class Writer {
    private Writer() {}

    public static void main(String... arguments) {
      int first = Integer.parseInt(arguments[1]);
      InstantSource clock = InstantSource.system();
      try (H2TraceStore store =
          H2TraceStore.open(TraceStoreConfig.in(Path.of(arguments[0])), clock)) {
        for (int i = first; i < first + 1_000_000; i++) {
          store.append(
              Spans.groups(
                  TraceStoreContract.order(
                      TraceStoreContract.id(i), clock.instant(), 40, "INTERNAL")));
          System.out.println(STORED + i + " " + clock.millis());
        }
      }
    }
  }

  @Test
  void losesAtMostWhatItStoredLast() throws Exception {
    int next = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      Process writer = start(next);
      int lastSafe = 0;
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
        long firstMillis = 0;
        String line = lines.readLine();
        while (line != null) {
          if (!line.startsWith(STORED)) {
            line = lines.readLine();
            continue;
          }
          String[] words = line.split(" ", 3);
          int number = Integer.parseInt(words[1]);
          long millis = Long.parseLong(words[2]);
          firstMillis = firstMillis == 0 ? millis : firstMillis;
          lastSafe = millis - firstMillis < FIRST_MILLIS ? number : lastSafe;
          if (number >= next + WRITES_BEFORE_KILL
              && millis - firstMillis > FIRST_MILLIS + LOSS_MILLIS) {
            if (kill == 0) {
              refusesASecondProcess();
            }
            writer.destroyForcibly();
            break;
          }
          line = lines.readLine();
        }
      } finally {
        writer.destroyForcibly();
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      next = checkUpTo(lastSafe) + 1;
    }
  }

  private void refusesASecondProcess() {
    assertThatThrownBy(
            () -> H2TraceStore.open(TraceStoreConfig.in(directory), InstantSource.system()))
        .isInstanceOf(TraceStoreException.class)
        .hasMessageContaining("in use by another process");
  }

  /**
   * Everything acknowledged that long before the kill is there, whole; answers the highest number
   * found.
   */
  private int checkUpTo(int lastSafe) {
    try (H2TraceStore store =
        H2TraceStore.open(TraceStoreConfig.in(directory), InstantSource.system())) {
      assertThat(store.state().notice()).isEmpty();
      for (int i = 1; i <= lastSafe; i++) {
        assertThat(store.find(TraceStoreContract.id(i)).orElseThrow().partial()).isFalse();
      }
      assertThat(store.failures(10)).hasSize(10);
      assertThat(store.search(TraceQuery.NEWEST.withService("payments")).traces()).hasSize(100);
      return (int) store.state().traces();
    }
  }

  private Process start(int first) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            directory.toString(),
            Integer.toString(first))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
