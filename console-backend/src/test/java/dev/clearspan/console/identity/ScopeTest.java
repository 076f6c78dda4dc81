package dev.clearspan.console.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which services a scope means. */
class ScopeTest {
  @Test
  void aStarMeansAllThatBeginSo_aNameOnlyItself() {
    Scope scope = Scope.checked(Role.OPERATOR, List.of("pay*", "orders"));
    assertThat(scope.allows("payments")).isTrue();
    assertThat(scope.allows("pay")).isTrue();
    assertThat(scope.allows("orders")).isTrue();
    assertThat(scope.allows("orders-2")).isFalse();
    assertThat(scope.allows("ledger")).isFalse();
    assertThat(Scope.parse(scope.stored())).isEqualTo(scope);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "", "Pay", "a,b", "p*y", "pay**", "../x", "a b"})
  void otherPatternsAreRefused(String service) {
    assertThatThrownBy(() -> Scope.checked(Role.OPERATOR, List.of(service)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("or the beginning of names and a *");
  }
}
