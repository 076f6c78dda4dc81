package dev.clearspan.console.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/d/clearspan-service, /d/clearspan-service",
    "/d/a/, /d/a/",
    "/%64/x, /d/x",
    "/a%2dB%7e, /a-B~",
    "/m%c3%bcnze, /m%C3%BCnze",
    "/a%20b, /a%20b",
    "/a%3fb%23c%3bd, /a%3Fb%23c%3Bd",
    "/a:b@c+d=e, /a:b@c+d=e",
    "/.../x, /.../x",
  })
  void aPath_hasOneSpelling(String raw, String canonical) throws Refusal {
    assertThat(Canonical.path(raw)).isEqualTo(canonical);
    assertThat(Canonical.path(canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "//",
        "/a//b",
        "/.",
        "/..",
        "/a/../b",
        "/a/./b",
        "/%2e%2e/b",
        "/.%2e/b",
        "/%2E/b",
        "/a%2fb",
        "/a%2Fb",
        "/a%5cb",
        "/a\\b",
        "/a%00",
        "/a%0a",
        "/a%7f",
        "/a%252e",
        "/a%25",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a;b",
        "/..;/b",
        "/a|b",
        "/a b",
        "/a\"b",
        "/%c0%ae%c0%ae/",
        "/%c0%af",
        "/%ff",
        "/\u00fc",
        "/a\tb"
      })
  void whatCanBeReadInTwoWays_isRefused(String raw) {
    assertThatThrownBy(() -> Canonical.path(raw)).isInstanceOf(Refusal.class);
  }

  @Test
  void aQuery_isEscapedWhereAUriMustBe() throws Refusal {
    assertThat(Canonical.query("a=1&b={x|\"y\"}&c=[z]&d=100%&e=%7B\u00fc"))
        .isEqualTo("a=1&b=%7Bx%7C%22y%22%7D&c=%5Bz%5D&d=100%25&e=%7B%C3%BC");
    assertThatThrownBy(() -> Canonical.query("a=\r\nb")).isInstanceOf(Refusal.class);
  }
}
