package dev.clearspan.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** However the demo ends, its processes end. */
class NothingStaysBehindIT {
  private static final String ON_ETCD = "etcd";
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration END = Duration.ofSeconds(20);

  @TempDir private Path home;
  private Path output;
  private Process demo;

  @BeforeEach
  void startDemo(TestInfo test) throws IOException {
    DemoRegistry registry =
        test.getTags().contains(ON_ETCD) ? DemoRegistry.ETCD : DemoRegistry.EMBEDDED;
    output = home.resolve("output");
    demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dclearspan.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName(),
                "--smoke",
                "--registry",
                registry.label())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    await().atMost(START).until(() -> said("shop processes are starting") || !demo.isAlive());
    assertThat(said("shop processes are starting")).describedAs(text()).isTrue();
  }

  @AfterEach
  void endDemo() {
    demo.destroyForcibly();
  }

  /** etcd, too, which notices nothing by itself; it needs apt-get install etcd-server. */
  @Test
  @Tag(ON_ETCD)
  void killedDemo_takesItsProcessesWithIt() {
    assertThat(ours()).hasSizeGreaterThan(10);
    demo.destroyForcibly();
    await().atMost(END).untilAsserted(() -> assertThat(ours()).isEmpty());
  }

  @Test
  void terminatedDemo_endsItsProcessesAndDeletesItsData() throws Exception {
    assertThat(ours()).hasSizeGreaterThan(10);
    demo.destroy();
    assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ours()).isEmpty();
    assertThat(text()).contains("stopped");
    Path run = home.resolve(".clearspan/demo/run-" + demo.pid());
    assertThat(run.resolve("logs")).isNotEmptyDirectory();
    assertThat(run.resolve("data")).doesNotExist();
  }

  private boolean said(String words) {
    return text().contains(words);
  }

  private String text() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Processes, the demo itself aside, that have our directory in their environment or arguments.
   */
  private List<Long> ours() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(ProcessHandle::pid)
          .filter(pid -> pid != demo.pid())
          .filter(pid -> mentionsHome(pid, "environ") || mentionsHome(pid, "cmdline"))
          .toList();
    }
  }

  private boolean mentionsHome(long pid, String file) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/" + file));
      return new String(bytes, StandardCharsets.ISO_8859_1).contains(home.toString());
    } catch (IOException e) {
      return false;
    }
  }
}
