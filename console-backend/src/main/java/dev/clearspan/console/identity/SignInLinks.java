package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links that sign one browser in, once, without an account. Thread-safe. */
public final class SignInLinks {
  static final Duration LONGEST = Duration.ofDays(1);

  private final ControlDatabase database;
  private final Users users;
  private final Clock clock;

  SignInLinks(ControlDatabase database, Users users, Clock clock) {
    this.database = database;
    this.users = users;
    this.clock = clock;
  }

  /** Makes a link for a guest; the name of a user is refused, so that no one acts as another. */
  public SignInLink create(@Nullable String name, @Nullable Role role, long ttlSeconds) {
    String checked = Names.check("name", name);
    if (users.find(checked).isPresent()) {
      throw ProblemException.invalid(
          "name", "'" + checked + "' is a user, who signs in by password (expected: another name)");
    }
    if (ttlSeconds < 1 || ttlSeconds > LONGEST.toSeconds()) {
      throw ProblemException.invalid(
          "ttlSeconds", ttlSeconds + " (expected: 1 to " + LONGEST.toSeconds() + ")");
    }
    Role given = role == null ? Role.of(null) : role;
    Instant expiresAt = clock.instant().plusSeconds(ttlSeconds).truncatedTo(ChronoUnit.MILLIS);
    String secret = Secrets.create();
    database.update("delete from sign_in_links where expires_at < ?", clock.instant());
    database.update(
        "insert into sign_in_links (fingerprint, name, role, expires_at) values (?, ?, ?, ?)",
        Secrets.fingerprint(secret),
        checked,
        given.word(),
        expiresAt);
    return new SignInLink(secret, "/sign-in#token=" + secret, expiresAt);
  }

  /** Uses a link up: of two who try, one succeeds. */
  Optional<Principal> redeem(String secret) {
    String fingerprint = Secrets.fingerprint(secret);
    Optional<Principal> guest =
        database.first(
            "select name, role from sign_in_links where fingerprint = ? and expires_at > ?",
            row ->
                new Principal(
                    row.getString("name"), Role.of(row.getString("role")), Scope.ALL, true),
            fingerprint,
            clock.instant());
    int removed = database.update("delete from sign_in_links where fingerprint = ?", fingerprint);
    return removed == 1 ? guest : Optional.empty();
  }
}
