package dev.clearspan.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where limits come from, and what is said of bad ones. */
class LimitsTest {
  private static final String PROPERTY = "clearspan.limit.message-bytes";
  private static final String VARIABLE = "CLEARSPAN_LIMIT_MESSAGE_BYTES";

  @Test
  void nothingSetMeansTheDefaults() {
    assertThat(read(Map.of(), Map.of())).isEqualTo(Limits.DEFAULT);
    assertThat(Limits.DEFAULT.messageBytes()).isEqualTo(4 << 20);
    assertThat(Limits.DEFAULT.handshake()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void codeWinsOverPropertyOverVariable() {
    Limits byVariable = read(Map.of(), Map.of(VARIABLE, "1MiB"));
    Limits byProperty = read(Map.of(PROPERTY, "2MiB"), Map.of(VARIABLE, "1MiB"));

    assertThat(byVariable.messageBytes()).isEqualTo(1 << 20);
    assertThat(byProperty.messageBytes()).isEqualTo(2 << 20);
    assertThat(byProperty.with(Limit.MESSAGE_BYTES, 3).messageBytes()).isEqualTo(3);
    assertThat(byProperty.idle()).isEqualTo(Limits.DEFAULT.idle());
  }

  @Test
  void everyLimitIsReadFromItsOwnSettings() {
    for (Limit limit : Limit.values()) {
      long other = limit.standard() - 1;
      String text = limit.unit() == Limit.Unit.TIME ? other + "ms" : Long.toString(other);

      assertThat(read(Map.of(limit.property(), text), Map.of()).of(limit)).isEqualTo(other);
      assertThat(read(Map.of(), Map.of(limit.variable(), text)).of(limit)).isEqualTo(other);
    }
  }

  @Test
  void sizesAndTimesAreReadAsTheyAreWritten() {
    assertThat(Limit.MESSAGE_BYTES.parsed("", " 64KiB ")).isEqualTo(65_536);
    assertThat(Limit.MESSAGE_BYTES.parsed("", "77")).isEqualTo(77);
    assertThat(Limit.IDLE.parsed("", "2m")).isEqualTo(120_000);
    for (Limit limit : Limit.values()) {
      String written = limit.unit().format(limit.standard());
      assertThat(limit.parsed("", written)).isEqualTo(limit.standard());
    }
  }

  @Test
  void aBadValueIsNamedWithKeyValueAndRange() {
    refuses(PROPERTY, "a lot", "a lot (expected: bytes, such as 65536 or 64KiB, 1 to 1GiB)");
    refuses(PROPERTY, "0", "0 (expected: bytes, such as 65536 or 64KiB, 1 to 1GiB)");
    refuses(PROPERTY, "99999999999999999GiB", "GiB (expected: bytes");
    refuses("clearspan.limit.idle", "5", "5 (expected: a time, such as 500ms, 5s or 2m, 100ms");
    refuses("clearspan.limit.connections", "9KiB", "9KiB (expected: a number, 1 to 1000000)");
    assertThatThrownBy(() -> read(Map.of(), Map.of(VARIABLE, "-1")))
        .hasMessageContaining(VARIABLE + ": -1");
    assertThatThrownBy(() -> Limits.DEFAULT.with(Limit.HANDSHAKE, Duration.ofHours(2)))
        .hasMessage("handshake: 2h (expected: 1ms to 10m)");
  }

  @Test
  void aSizeIsNoTime() {
    assertThatThrownBy(() -> Limits.DEFAULT.with(Limit.CONNECTIONS, Duration.ofSeconds(1)))
        .hasMessage("connections: PT1S (expected: a number, not a time)");
  }

  private static void refuses(String property, String text, String expected) {
    assertThatThrownBy(() -> read(Map.of(property, text), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(property + ": ")
        .hasMessageContaining(expected);
  }

  private static Limits read(Map<String, String> properties, Map<String, String> variables) {
    return Limits.from(properties::get, variables::get);
  }
}
