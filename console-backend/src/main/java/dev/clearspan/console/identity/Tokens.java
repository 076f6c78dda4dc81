package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Programs' keys, stored by the SHA-256 of their secret. Thread-safe. */
public final class Tokens {
  static final Duration LONGEST = Duration.ofDays(366);

  private static final Duration WRITE_AT_MOST_EVERY = Duration.ofMinutes(1);
  private static final String COLUMNS =
      "select id, name, role, services, created_at, expires_at, last_used from tokens";

  private final ControlDatabase database;
  private final Clock clock;

  Tokens(ControlDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  public List<Token> list() {
    return database.query(COLUMNS + " order by created_at", Tokens::read);
  }

  /** Makes a token that ends after the given time, or never. */
  public TokenCreated create(
      @Nullable String name,
      @Nullable Role role,
      @Nullable List<String> services,
      @Nullable Long ttlSeconds) {
    String checked = Names.check("name", name);
    Role given = role == null ? Role.of(null) : role;
    Scope scope = Scope.checked(given, services);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant expiresAt = ttlSeconds == null ? null : now.plusSeconds(checkTtl(ttlSeconds));
    String id = HexFormat.of().formatHex(Secrets.randomBytes(6));
    String secret = "cst_" + Secrets.create();
    database.update(
        "insert into tokens (id, fingerprint, name, role, services, created_at, expires_at) values"
            + " (?, ?, ?, ?, ?, ?, ?)",
        id,
        Secrets.fingerprint(secret),
        checked,
        given.word(),
        scope.stored(),
        now,
        expiresAt);
    return new TokenCreated(id, checked, given, scope.services(), now, expiresAt, null, secret);
  }

  /** Ends a token; what it was. */
  public Token delete(String id) {
    Optional<Token> token = database.first(COLUMNS + " where id = ?", Tokens::read, id);
    if (database.update("delete from tokens where id = ?", id) == 0) {
      throw ProblemException.notFound("There is no token with id '" + id + "'.");
    }
    return token.orElseThrow();
  }

  /** The token of a secret, if it is still good. */
  Optional<Token> find(String secret) {
    Instant now = clock.instant();
    return database
        .first(COLUMNS + " where fingerprint = ?", Tokens::read, Secrets.fingerprint(secret))
        .filter(token -> token.expiresAt() == null || now.isBefore(token.expiresAt()))
        .map(token -> used(token, now));
  }

  private Token used(Token token, Instant now) {
    Instant last = token.lastUsed();
    if (last == null || last.plus(WRITE_AT_MOST_EVERY).isBefore(now)) {
      database.update("update tokens set last_used = ? where id = ?", now, token.id());
    }
    return token;
  }

  private static long checkTtl(long seconds) {
    if (seconds < 1 || seconds > LONGEST.toSeconds()) {
      throw ProblemException.invalid(
          "ttlSeconds", seconds + " (expected: 1 to " + LONGEST.toSeconds() + ", or none)");
    }
    return seconds;
  }

  private static Token read(ResultSet row) throws SQLException {
    return new Token(
        row.getString("id"),
        row.getString("name"),
        Role.of(row.getString("role")),
        Scope.parse(row.getString("services")).services(),
        ControlDatabase.instant(row, "created_at"),
        ControlDatabase.instantOrNull(row, "expires_at"),
        ControlDatabase.instantOrNull(row, "last_used"));
  }
}
