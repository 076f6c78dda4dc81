package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityConfigTest {
  @Test
  void auditRowsStayAsLongAsTheNumberAllows_orForSomeDays() {
    assertThat(SecurityConfig.from(Map.of()).auditAge()).isNull();
    assertThat(SecurityConfig.from(Map.of("CLEARSPAN_AUDIT_DAYS", " 365 ")).auditAge())
        .isEqualTo(Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "36501", "a year", ""})
  void otherDays_areNamedWithWhatWasExpected(String days) {
    assertThatThrownBy(() -> SecurityConfig.from(Map.of("CLEARSPAN_AUDIT_DAYS", days)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CLEARSPAN_AUDIT_DAYS: ")
        .hasMessageContaining(days)
        .hasMessageEndingWith("(expected: 1 to 36500, or none)");
  }
}
