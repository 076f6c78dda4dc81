package dev.clearspan.console.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.web.TrustedProxies;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
  private static final URI CONSOLE = URI.create("https://ops.example");
  private static final URI GRAFANA = URI.create("https://ops.example:8443");

  private static Site site(boolean loopback, @Nullable URI console, @Nullable URI grafana) {
    return new Site(
        new ConsoleAddress("x", loopback, console, TrustedProxies.of(List.of()), () -> 8080, null),
        () -> 8081,
        () -> grafana);
  }

  @Test
  void onThisMachine_eachNameOfItHasItsOwnOrigins() {
    Site site = site(true, null, null);
    for (String name : List.of("localhost", "127.0.0.1", "[::1]")) {
      String host = name + ":8081";
      assertThatCode(() -> site.checkHost(host)).doesNotThrowAnyException();
      assertThat(site.origin(host)).isEqualTo("http://" + host);
      assertThat(site.consoleOrigins(host)).containsExactly("http://" + name + ":8080");
    }
    assertThat(site.offeredTo("localhost:8080")).isEqualTo("http://localhost:8081");
    assertThat(site.offeredTo("[::1]:8080")).isEqualTo("'none'");
  }

  @Test
  void behindAProxy_thePublicOriginsCount() {
    Site site = site(true, CONSOLE, GRAFANA);
    assertThatCode(() -> site.checkHost("ops.example:8443")).doesNotThrowAnyException();
    assertThat(site.origin("ops.example:8443")).isEqualTo("https://ops.example:8443");
    assertThat(site.consoleUrl("ops.example:8443")).isEqualTo("https://ops.example/");
    assertThat(site.offeredTo("ops.example")).isEqualTo("https://ops.example:8443");
    assertThat(site.offeredTo("127.0.0.1:8080")).isEqualTo("http://127.0.0.1:8081");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "evil-localhost:8081",
        "127.0.0.1@evil.example",
        "127.0.0.1/x",
        "127.0.0.1:8081, evil.example",
        "",
        "127.0.0.1;frame-ancestors *"
      })
  void anotherHost_isRefused(String host) {
    assertThatThrownBy(() -> site(true, CONSOLE, GRAFANA).checkHost(host))
        .isInstanceOf(Refusal.class);
    assertThat(site(true, null, null).offeredTo("a;b *")).isEqualTo("'none'");
  }

  @Test
  void settings_thatCannotWork_sayWhatIsExpected() {
    assertThatThrownBy(
            () -> GrafanaConfig.fromEnvironment(Map.of("CLEARSPAN_GRAFANA_PORT", "http")))
        .hasMessage("CLEARSPAN_GRAFANA_PORT: \"http\" (expected: a number up to 65535)");
    assertThatThrownBy(
            () -> GrafanaConfig.fromEnvironment(Map.of("CLEARSPAN_GRAFANA_SILENCE_SECONDS", "0")))
        .hasMessage("CLEARSPAN_GRAFANA_SILENCE_SECONDS: 0 (expected: 1 to 600)");
    for (String url :
        List.of(
            "ftp://x",
            "http://user:secret@x",
            "http://x/a?b",
            "http://x/a#b",
            "http://x/../a",
            "http://x//a",
            "http:///a")) {
      assertThatThrownBy(() -> GrafanaConfig.DEFAULT.withUrl(URI.create(url)))
          .as(url)
          .hasMessageContaining("CLEARSPAN_GRAFANA_URL");
    }
    GrafanaConfig elsewhere =
        GrafanaConfig.DEFAULT.withPublicUrl(URI.create("https://grafana.example"));
    assertThatThrownBy(() -> elsewhere.requireSameSite(CONSOLE))
        .hasMessageContaining("scheme and host of CLEARSPAN_PUBLIC_URL, which is " + CONSOLE);
    assertThatThrownBy(() -> elsewhere.requireSameSite(null)).hasMessageContaining("not set");
    assertThatCode(() -> GrafanaConfig.DEFAULT.withPublicUrl(GRAFANA).requireSameSite(CONSOLE))
        .doesNotThrowAnyException();
  }
}
