package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.etcd.EtcdProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleStartTest {
  @TempDir Path directory;

  @Test
  void aDamagedTraceStore_isSaidWhereAnOperatorLooks() throws IOException {
    Files.writeString(directory.resolve("traces.mv.db"), "not a database ".repeat(2_000));
    try (Console console = Console.start(TestConsole.config(directory))) {
      Client admin = new Client(console.url()).withBearer(TestConsole.ADMIN_TOKEN);
      JsonNode system = admin.get("/api/v1/system").body();
      assertThat(system.at("/traceStore/notice").textValue()).contains("was moved to");
      assertThat(system.at("/traceStore/maxBytes").longValue()).isPositive();
      assertThat(system.at("/intake/spansPerSecond").doubleValue()).isZero();
    }
  }

  @Test
  void withoutTheRegistry_itServes_saysSo_andCatchesUpWhenItAnswers() {
    try (EtcdProcess etcd = EtcdProcess.start()) {
      etcd.kill();
      ConsoleConfig config = TestConsole.config(directory).withRegistry(etcd.endpoint());
      try (Console console = Console.start(config)) {
        Client admin = new Client(console.url()).withBearer(TestConsole.ADMIN_TOKEN);
        assertThat(admin.get("/healthz").status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/system").body().at("/registry/connected").booleanValue())
            .isFalse();
        assertThat(admin.get("/api/v1/topology").status()).isEqualTo(200);
        Client.Answer change =
            admin.put("/api/v1/services/s/instances/i/control", "{'weight':1,'reason':'r'}");
        assertThat(change.status()).isEqualTo(503);
        assertThat(change.detail()).contains("registry could not be read");

        etcd.restart();
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> admin.get("/api/v1/system").body().at("/registry/connected").booleanValue());
        try (ShopProcess process = new ShopProcess(etcd.endpoint(), config.env(), "s", "i")) {
          process.serve();
          await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> admin.get("/api/v1/services/s").status() == 200);
          etcd.kill();
          Client.Answer lost =
              admin.put("/api/v1/services/s/instances/i/control", "{'weight':1,'reason':'r'}");
          assertThat(lost.status()).isEqualTo(503);
          assertThat(lost.detail()).contains("may or may not have been made");
          assertThat(admin.get("/api/v1/services/s").status())
              .as("what was known stays")
              .isEqualTo(200);
        }
      }
    }
  }

  @Test
  void aTakenPort_saysWhichAndWhatToDo_andLeavesNothingOpen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ConsoleConfig config = TestConsole.config(directory);
      assertThatThrownBy(() -> Console.start(config.withPort(taken.getLocalPort())))
          .isInstanceOf(ConsoleStartException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("CLEARSPAN_CONSOLE_PORT");
      ConsoleConfig withGrafana = config.withGrafana(URI.create("http://127.0.0.1:9"));
      assertThatThrownBy(() -> Console.start(withGrafana.withGrafanaPort(taken.getLocalPort())))
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("CLEARSPAN_GRAFANA_PORT");
      assertThatThrownBy(
              () ->
                  Console.start(config.withIntake(config.intake().withPort(taken.getLocalPort()))))
          .hasMessageContaining("CLEARSPAN_OTLP_PORT");
      Console.start(config).close();
    }
  }

  @Test
  void aSecondConsoleOnTheSameData_isRefused() {
    ConsoleConfig config = TestConsole.config(directory);
    try (Console first = Console.start(config)) {
      assertThat(first.port()).isPositive();
      assertThatThrownBy(() -> Console.start(config))
          .isInstanceOf(ConsoleStartException.class)
          .hasMessageContaining("in use by another console")
          .hasMessageContaining("CLEARSPAN_DATA_DIR");
    }
  }

  @Test
  void withoutTheUi_thePageSaysSo_andGrafanaIsTheOnlyFrame() {
    ConsoleConfig config =
        TestConsole.config(directory)
            .withGrafana(URI.create("http://127.0.0.1:9/base"))
            .withGrafanaPort(0);
    try (Console console = Console.start(config)) {
      Client.Answer page = new Client(console.url()).get("/topology");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.text()).contains("csp-nonce");
      assertThat(page.header("Content-Security-Policy"))
          .contains("frame-src http://127.0.0.1:" + console.grafanaPort() + ";")
          .contains("script-src 'self'");
    }
  }

  @Test
  void byHttpsThroughAProxy_theCookieIsSecure_andItsOriginIsOurs() {
    ConsoleConfig config =
        TestConsole.config(directory).withPublicUrl(URI.create("https://console.example"));
    try (Console console = Console.start(config)) {
      String link = console.setupLink().orElseThrow().toString();
      assertThat(link).startsWith("https://console.example/setup#token=");
      String token = link.substring(link.indexOf('=') + 1);
      Client.Answer answer =
          new Client(console.url())
              .with("Origin", "https://console.example")
              .post(
                  "/api/v1/setup",
                  "{'token':'" + token + "','username':'ada','password':'long enough pass'}");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.header("Set-Cookie"))
          .startsWith("__Host-clearspan_session=")
          .contains("Secure");
      assertThat(answer.header("Strict-Transport-Security")).isNotEmpty();
    }
  }

  @Test
  void settings_flagsWinOverVariables_andBadOnesSayWhatIsExpected() {
    Map<String, String> environment =
        Map.of("CLEARSPAN_CONSOLE_PORT", "1", "CLEARSPAN_ENV", "prod", "HOME", "/");
    ConsoleConfig config = ConsoleConfig.from(CommandLine.settings(environment, "--port", "9000"));
    assertThat(config.port()).isEqualTo(9000);
    assertThat(config.env()).isEqualTo("prod");
    assertThatThrownBy(() -> CommandLine.settings(environment, "--prot", "1"))
        .hasMessageContaining("--prot: unknown (expected: one of --host --port");
    assertThatThrownBy(() -> CommandLine.settings(environment, "--port"))
        .hasMessageContaining("no value");
    assertThatThrownBy(() -> ConsoleConfig.from(Map.of("CLEARSPAN_CONSOLE_PORT", "http")))
        .hasMessage("CLEARSPAN_CONSOLE_PORT: \"http\" (expected: 0 to 65535)");
    assertThatThrownBy(() -> ConsoleConfig.from(Map.of("CLEARSPAN_ENV", "Prod!")))
        .hasMessageContaining("CLEARSPAN_ENV: \"Prod!\"");
    assertThatThrownBy(() -> ConsoleConfig.from(Map.of("CLEARSPAN_ADMIN_TOKEN", "short")))
        .hasMessageContaining("at least 16")
        .hasMessageNotContaining("short (");
    assertThatThrownBy(() -> ConsoleConfig.from(Map.of("CLEARSPAN_GRAFANA_URL", "ftp://x")))
        .hasMessageContaining("CLEARSPAN_GRAFANA_URL");
  }
}
