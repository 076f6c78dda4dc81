package dev.clearspan.console.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  void aTokensLastUseIsKept_toTheMinute() {
    try (Identity identity = open()) {
      TokenCreated token = identity.tokens().create("ci", Role.VIEWER, null, null);
      assertThat(identity.tokens().list().get(0).lastUsed()).isNull();
      Instant first = clock.instant();
      identity.bearer(token.secret());
      clock.advance(Duration.ofSeconds(30));
      identity.bearer(token.secret());
      assertThat(identity.tokens().list().get(0).lastUsed()).isEqualTo(first);
      clock.advance(Duration.ofSeconds(31));
      identity.bearer(token.secret());
    }
    try (Identity identity = open()) {
      assertThat(identity.tokens().list().get(0).lastUsed()).isEqualTo(clock.instant());
    }
  }

  @Test
  void anIdToken_isReadWithItsSessionOnly() {
    String idToken = "head.body.signature";
    ExternalUser ada =
        new ExternalUser("https://login.example", "sub", "ada", Role.VIEWER, List.of());
    try (Identity identity = open()) {
      ActiveSession one = identity.signIn(ada, idToken, "::1");
      ActiveSession longer = identity.signIn(ada, "x".repeat(4_001), "::1");
      ExternalSession behind = identity.signOut(one.id()).orElseThrow();
      assertThat(behind.idToken()).isEqualTo(idToken);
      assertThat(behind.toString()).doesNotContain(idToken);
      assertThat(identity.signOut(one.id())).as("it has ended").isEmpty();
      assertThat(identity.signOut(longer.id()).orElseThrow().idToken()).isNull();
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
