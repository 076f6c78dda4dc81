package dev.clearspan.console.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteConfigTest {
  @TempDir private Path folder;

  private static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("CLEARSPAN_JAEGER_URL", "https://jaeger.example.com/base/");
    for (int i = 0; i < more.length; i += 2) {
      settings.put("CLEARSPAN_JAEGER_" + more[i], more[i + 1]);
    }
    return settings;
  }

  private static RemoteConfig read(String... more) {
    return RemoteConfig.from(settings(more), "Jaeger").orElseThrow();
  }

  private static void refused(String words, String... more) {
    assertThatThrownBy(() -> read(more))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("expected: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void withoutUrlThereIsNone() {
    assertThat(RemoteConfig.from(Map.of("CLEARSPAN_JAEGER_TOKEN", "t"), "Jaeger")).isEmpty();
  }

  @Test
  void readsAllSettings_andShowsNoSecret() {
    RemoteConfig bearer = read("TOKEN", "secret", "SECONDS", "3");
    assertThat(bearer.authorization()).isEqualTo("Bearer secret");
    assertThat(bearer.patience()).isEqualTo(Duration.ofSeconds(3));
    assertThat(bearer).hasToString("Jaeger at https://jaeger.example.com/base/");
    assertThat(read("USER", "ada", "PASSWORD", "secret").authorization())
        .isEqualTo("Basic YWRhOnNlY3JldA==");
    assertThat(read().authorization()).isNull();
  }

  @Test
  void refusesWhatCannotBeUsed() {
    refused("CLEARSPAN_JAEGER_URL", "URL", "jaeger:16686");
    refused("CLEARSPAN_JAEGER_URL", "URL", "ftp://jaeger");
    refused("CLEARSPAN_JAEGER_URL", "URL", "http://ada:secret@jaeger");
    refused("CLEARSPAN_JAEGER_URL", "URL", "http://jaeger?token=x");
    refused("CLEARSPAN_JAEGER_URL", "URL", "http://a b");
    refused("CLEARSPAN_JAEGER_SECONDS: \"0\"", "SECONDS", "0");
    refused("CLEARSPAN_JAEGER_SECONDS: \"soon\"", "SECONDS", "soon");
    refused("CLEARSPAN_JAEGER_TOKEN", "TOKEN", "secret\r\nX-More: 1");
    refused("CLEARSPAN_JAEGER_TOKEN", "TOKEN", "secret", "USER", "ada", "PASSWORD", "x");
    refused("CLEARSPAN_JAEGER_USER", "USER", "ada");
    refused("CLEARSPAN_JAEGER_USER", "PASSWORD", "secret");
    refused("CLEARSPAN_JAEGER_CA", "URL", "http://jaeger", "CA", "/ca.pem");
  }

  @Test
  void authoritiesAreReadAtTheStart() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    for (Path file : new Path[] {empty, folder.resolve("missing.pem")}) {
      assertThatThrownBy(() -> new RemoteJson(read("CA", file.toString())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("CLEARSPAN_JAEGER_CA")
          .hasMessageContaining(file.toString());
    }
  }
}
