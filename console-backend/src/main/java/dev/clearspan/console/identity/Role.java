package dev.clearspan.console.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.clearspan.console.problem.ProblemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person or program may do; each role includes the ones before it. */
public enum Role {
  /** Sees everything but users and tokens. */
  VIEWER,
  /** Steers: weights, drains, breakers, policies. */
  OPERATOR,
  /** Manages users and tokens. */
  ADMIN;

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that name. */
  @JsonCreator
  public static Role of(@Nullable String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw ProblemException.invalid("role", "'" + word + "' (expected: viewer, operator or admin)");
  }
}
