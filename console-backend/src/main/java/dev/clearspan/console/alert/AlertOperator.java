package dev.clearspan.console.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.clearspan.console.problem.ProblemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How a value is compared with a threshold. */
public enum AlertOperator {
  GREATER(">"),
  AT_LEAST(">="),
  LESS("<"),
  AT_MOST("<=");

  private final String sign;

  AlertOperator(String sign) {
    this.sign = sign;
  }

  @JsonValue
  public String sign() {
    return sign;
  }

  boolean holds(double value, double threshold) {
    return switch (this) {
      case GREATER -> value > threshold;
      case AT_LEAST -> value >= threshold;
      case LESS -> value < threshold;
      case AT_MOST -> value <= threshold;
    };
  }

  @JsonCreator
  static AlertOperator of(@Nullable String sign) {
    return Arrays.stream(values())
        .filter(operator -> operator.sign.equals(sign))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "condition.operator", "'" + sign + "' (expected: one of > >= < <=)"));
  }
}
