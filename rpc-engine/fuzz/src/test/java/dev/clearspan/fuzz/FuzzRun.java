package dev.clearspan.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jazzer on one target, in a process of its own with a small heap, so that an input that makes the
 * target allocate too much is a finding as well. What it finds lies in target/fuzz/TARGET-TIME.
 */
final class FuzzRun {
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in");
  private static final int FEWEST_RUNS = 25;
  private static final long START_AND_STOP_SECONDS = 240;

  private final Class<?> target;
  private final Duration time;
  private final Path folder;

  private FuzzRun(Class<?> target, Duration time, Path folder) {
    this.target = target;
    this.time = time;
    this.folder = folder;
  }

  /** A run of the target that takes so long, and the time to start and stop. */
  static FuzzRun of(Class<?> target, Duration time) throws IOException {
    String name = target.getSimpleName() + "-" + time.toSeconds() + "s";
    return new FuzzRun(target, time, Files.createDirectories(Path.of("target", "fuzz", name)));
  }

  /** Fuzzes; fails if anything was found, or if hardly anything was tried. */
  void run() throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      long limit = time.toSeconds() + START_AND_STOP_SECONDS;
      assertThat(process.waitFor(limit, TimeUnit.SECONDS)).as("ended; see %s", log).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(log);
    assertThat(process.exitValue()).as("exit code; %s", tail(said)).isZero();
    assertThat(runs(said)).as("runs; %s", tail(said)).isGreaterThan(FEWEST_RUNS);
  }

  private List<String> command() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Seeds.write(target, corpus);
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:-OmitStackTraceInFastThrow",
        "-Dlogback.configurationFile=logback-test.xml",
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + target.getName(),
        "--instrumentation_includes=dev.clearspan.**",
        // It breaks Netty, which uses Unsafe as it should be used.
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer",
        "--reproducer_path=" + folder,
        "-artifact_prefix=" + folder + "/",
        "-max_len=4096",
        "-timeout=60",
        "-max_total_time=" + time.toSeconds(),
        corpus.toString());
  }

  private static long runs(String log) {
    Matcher done = DONE.matcher(log);
    return done.find() ? Long.parseLong(done.group(1)) : 0;
  }

  private static String tail(String log) {
    return log.substring(Math.max(0, log.length() - 4000));
  }
}
