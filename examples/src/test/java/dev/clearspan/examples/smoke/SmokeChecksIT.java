package dev.clearspan.examples.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.examples.console.ConsoleApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each check passes against an honest console, and can fail. */
class SmokeChecksIT {
  private static final Tempo QUICK = new Tempo(0.002);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final SmokeRun run = new SmokeRun(new PrintStream(out, true, StandardCharsets.UTF_8));

  @Test
  void honestConsole_meetsEveryLimit() throws IOException {
    runAgainst(null);
    assertThat(run.findings()).allMatch(Finding::met);
    assertThat(run.conclude()).isTrue();
    assertThat(text()).contains("smoke: " + run.findings().size() + " figures, 0 missed: OK");
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void consoleThatShowsSomethingWrong_missesThatFigure(Lie lie) throws IOException {
    runAgainst(lie);
    List<String> missed =
        run.findings().stream().filter(finding -> !finding.met()).map(Finding::what).toList();
    assertThat(missed).anyMatch(what -> what.contains(lie.missed()));
    assertThat(run.conclude()).isFalse();
    assertThat(text()).contains("MISSED").contains("FAILED");
  }

  @Test
  void runWithoutFigures_fails() {
    assertThat(run.conclude()).isFalse();
  }

  private void runAgainst(@Nullable Lie lie) throws IOException {
    FakeShop shop = new FakeShop(lie);
    try (FakeConsole console = new FakeConsole(shop)) {
      ConsoleApi api = new ConsoleApi(console.uri(), "token");
      SmokeRun.checks(api, shop, QUICK).forEach(run::run);
    }
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
