package dev.clearspan.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  @TempDir private Path directory;

  private final Queue<String> deaths = new ConcurrentLinkedQueue<>();
  private final Supervisor supervisor =
      new Supervisor(child -> deaths.add(child.name() + " " + child.epitaph()));

  @AfterEach
  void closeSupervisor() {
    supervisor.close();
  }

  private ChildSpec shell(String name, String script) {
    return new ChildSpec(
        name, List.of("sh", "-c", script), Map.of(), directory.resolve(name + ".log"));
  }

  @Test
  void killedChild_isToldAndStartedAgainOnRequest() {
    Child child = supervisor.start("wave", shell("a", "exec tail -f /dev/null"));
    child.kill();
    await().until(() -> !deaths.isEmpty());
    assertThat(deaths).containsExactly("a killed by signal 9");
    assertThat(supervisor.restartDead()).extracting(Child::name).containsExactly("a");
    assertThat(supervisor.find("a"))
        .hasValueSatisfying(again -> assertThat(again.isAlive()).isTrue());
    assertThat(supervisor.restartDead()).isEmpty();
  }

  @Test
  void childThatEnds_isToldWithItsExitCodeAndLastWords() {
    Child child = supervisor.start("wave", shell("b", "echo no port left; exit 3"));
    await().until(() -> !deaths.isEmpty());
    assertThat(deaths).containsExactly("b ended with exit code 3");
    assertThat(child.logTail()).isEqualTo("no port left");
  }

  @Test
  void close_endsTheNewestWaveFirstAndIsNoDeath() throws Exception {
    Path order = directory.resolve("order");
    for (String name : List.of("registry", "shop")) {
      Child child =
          supervisor.start(
              name,
              shell(
                  name,
                  "trap 'echo "
                      + name
                      + " >> "
                      + order
                      + "; exit 0' TERM; echo ready; while :; do read -r _ || exit; done"));
      await().until(() -> child.logTail().contains("ready"));
    }
    supervisor.close();
    assertThat(Files.readAllLines(order)).containsExactly("shop", "registry");
    assertThat(deaths).isEmpty();
    assertThatThrownBy(() -> supervisor.start("late", shell("c", "true")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void childRunsInItsOwnSession_soThatTheTerminalsSignalsMissIt() throws Exception {
    Child child = supervisor.start("wave", shell("d", "exec tail -f /dev/null"));
    Path stat = Path.of("/proc/" + child.pid() + "/stat");
    await()
        .untilAsserted(() -> assertThat(sessionOf(Files.readString(stat))).isEqualTo(child.pid()));
  }

  private static long sessionOf(String stat) {
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(afterName[3]);
  }
}
