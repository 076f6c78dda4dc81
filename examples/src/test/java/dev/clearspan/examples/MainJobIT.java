package dev.clearspan.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.examples.demo.RunningDemo;
import dev.clearspan.examples.smoke.Check;
import dev.clearspan.examples.smoke.SmokeRun;
import dev.clearspan.examples.smoke.Tempo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The main job on the real demo: seen and steered by clicking, then through the public API. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobIT {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path TARGET = MODULE.resolve("target");
  private static final String CHROMIUM =
      Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");
  private static final long BROWSER_MINUTES = 5;
  private static final double SMOKE_ORDERS_PER_SECOND = 60;

  private static RunningDemo demo;

  @BeforeAll
  static void startDemo() throws IOException, InterruptedException {
    demo = RunningDemo.start(TARGET.resolve("main-job"));
  }

  @AfterAll
  static void stopDemo() {
    if (demo != null) {
      demo.close();
    }
  }

  @Test
  @Order(1)
  void isDoneByClicking() throws IOException, InterruptedException {
    try (ShopRemote remote = ShopRemote.start(demo.shop())) {
      assertThat(exitCodeOf(browserScript(remote))).as("exit code, see the output above").isZero();
    }
  }

  @Test
  @Order(2)
  void isDoneThroughThePublicApi() {
    demo.shop().setOrdersPerSecond(SMOKE_ORDERS_PER_SECOND);
    SmokeRun smoke = new SmokeRun(System.out);
    for (Check check : SmokeRun.checks(demo.api(), demo.shop(), Tempo.REAL)) {
      smoke.run(check);
    }
    assertThat(smoke.conclude()).as("every figure within its limit, see the output above").isTrue();
  }

  private static ProcessBuilder browserScript(ShopRemote remote) {
    Path script = MODULE.resolve("src/test/browser/main-job.mjs");
    ProcessBuilder builder = new ProcessBuilder("node", script.toString()).inheritIO();
    builder
        .environment()
        .putAll(
            Map.of(
                "SIGN_IN_LINK", demo.signInLink().toString(),
                "SHOP_CONTROL", remote.address().toString(),
                "UI_MODULE", MODULE.resolveSibling("console-ui").toString(),
                "SCREENSHOTS", TARGET.resolve("screenshots").toString(),
                "CHROMIUM", CHROMIUM));
    return builder;
  }

  /** Its output goes to ours; a script that does not end is ended. */
  private static int exitCodeOf(ProcessBuilder builder) throws IOException, InterruptedException {
    Process script = builder.start();
    try {
      assertThat(script.waitFor(BROWSER_MINUTES, TimeUnit.MINUTES))
          .as("the browser script ends within %d minutes", BROWSER_MINUTES)
          .isTrue();
      return script.exitValue();
    } finally {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly();
    }
  }
}
