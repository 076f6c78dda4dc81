package dev.clearspan.console.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  private static final String PASSWORD = "long enough pass";

  @TempDir Path directory;

  private final MutableClock clock = new MutableClock();

  private Identity open() {
    return Identity.open(directory, null, clock);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() {
    try (Identity identity = open()) {
      identity.users().create("ada", Role.ADMIN, null, PASSWORD);
    }
    try (Identity identity = open()) {
      assertThat(identity.signIn("ada", PASSWORD, "::1").role()).isEqualTo(Role.ADMIN);
      assertThat(identity.setupRequired()).isFalse();
    }
  }

  @Test
  void aSessionEndsWhenIdle_andAfterTwelveHoursInAnyCase() {
    try (Identity identity = open()) {
      identity.users().create("ada", Role.VIEWER, null, PASSWORD);
      String idle = identity.signIn("ada", PASSWORD, "::1").id();
      clock.advance(Duration.ofMinutes(31));
      assertThat(identity.session(idle)).isEmpty();

      String busy = identity.signIn("ada", PASSWORD, "::1").id();
      for (int i = 0; i < 35; i++) {
        clock.advance(Duration.ofMinutes(20));
        assertThat(identity.session(busy)).as("after %d min", 20 * i).isPresent();
      }
      clock.advance(Duration.ofMinutes(20));
      assertThat(identity.session(busy)).isEmpty();
    }
  }

  @Test
  void aTokenEndsWithItsTime_andSecretsAreNotStored() {
    try (Identity identity = open()) {
      TokenCreated token = identity.tokens().create("ci", Role.OPERATOR, null, 60L);
      assertThat(identity.bearer(token.secret()).orElseThrow().role()).isEqualTo(Role.OPERATOR);
      clock.advance(Duration.ofSeconds(61));
      assertThat(identity.bearer(token.secret())).isEmpty();
      assertThat(identity.tokens().list().toString()).doesNotContain(token.secret());
    }
  }

  @Test
  void aLinkEndsWithItsTime_andTakesNoUsersName() {
    try (Identity identity = open()) {
      identity.users().create("ada", Role.ADMIN, null, PASSWORD);
      assertThatThrownBy(() -> identity.links().create("ada", Role.ADMIN, 60))
          .hasMessageContaining("'ada' is a user");
      SignInLink link = identity.links().create("guest", Role.VIEWER, 60);
      clock.advance(Duration.ofSeconds(61));
      assertThatThrownBy(() -> identity.redeem(link.oneTimeToken(), "::1"))
          .hasMessageContaining("expired");
    }
  }
}
