package dev.clearspan.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private final CommandLine line =
      new CommandLine("usage: Test ROLE", "ROLE")
          .option("--port", "N", "the port")
          .option("--share", "X", "a share")
          .flag("--smoke", "check");

  @Test
  void optionsFlagsAndWords_areRead() {
    CommandLine.Parsed parsed = line.parse("orders", "--port", "80", "--share", "0.5", "--smoke");
    assertThat(parsed.word(0)).isEqualTo("orders");
    assertThat(parsed.number("--port", 1, 0, 100)).isEqualTo(80);
    assertThat(parsed.decimal("--share", 0, 0, 1)).isEqualTo(0.5);
    assertThat(parsed.has("--smoke")).isTrue();
    assertThat(line.parse("orders").number("--port", 7, 0, 100)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orders --prot 1 | unknown option --prot; did you mean --port?",
        "orders --zzzzzzzz | unknown option --zzzzzzzz; expected one of: --help",
        "orders --port | --port: no value (expected: N)",
        "orders --smoke --smoke | --smoke: given twice",
        "--smoke | arguments: none (expected: ROLE)",
        "a b | arguments: a b (expected: ROLE)"
      })
  void wrongUse_isExplained(String arguments, String message) {
    assertThatThrownBy(() -> line.parse(arguments.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"abc", "101", "-1", "1.5", "NaN"})
  void numberOutOfRange_namesTheOptionAndTheRange(String value) {
    assertThatThrownBy(() -> line.parse("orders", "--port", value).number("--port", 1, 0, 100))
        .isInstanceOf(UsageException.class)
        .hasMessage("--port: " + value + " (expected: 0 to 100)");
  }

  @Test
  void help_listsEveryOptionAndNeedsNoWords() {
    assertThat(line.parse("--help").has("--help")).isTrue();
    assertThat(line.help()).contains("usage: Test ROLE", "--port N", "--smoke", "--help");
  }
}
