package dev.clearspan.console.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signed-in browsers: 30 minutes without a request end a session, 12 hours do in any case. Stored
 * by the SHA-256 of the cookie's value. Thread-safe.
 */
final class Sessions {
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration ABSOLUTE = Duration.ofHours(12);

  /** Longer ones do not fit into the address at which a browser signs out. */
  static final int LONGEST_ID_TOKEN = 4_000;

  private static final Duration WRITE_AT_MOST_EVERY = Duration.ofMinutes(1);

  private final ControlDatabase database;
  private final Clock clock;

  Sessions(ControlDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Opens a session of a user; the user's role is looked up at each request. */
  ActiveSession open(User user) {
    return open(user.name(), user.role(), new Scope(user.services()), null, user.issuer() != null);
  }

  /** Opens a session of somebody whom a provider has signed in. */
  ActiveSession open(User user, String idToken) {
    ActiveSession session = open(user);
    if (idToken.length() <= LONGEST_ID_TOKEN) {
      database.update(
          "update sessions set id_token = ? where fingerprint = ?",
          SealedText.seal(idToken, session.id()),
          Secrets.fingerprint(session.id()));
    }
    return session;
  }

  /** What stands behind a session; empty if its owner is not a provider's, or it has ended. */
  Optional<ExternalSession> behind(String id) {
    return database.first(
        "select u.issuer, s.id_token from sessions s join users u on u.name = s.name where"
            + " s.fingerprint = ? and s.guest_role is null and u.issuer is not null",
        row -> external(row, id),
        Secrets.fingerprint(id));
  }

  private static ExternalSession external(ResultSet row, String id) throws SQLException {
    byte[] sealed = row.getBytes("id_token");
    return new ExternalSession(
        row.getString("issuer"), sealed == null ? null : SealedText.open(sealed, id).orElse(null));
  }

  /** Opens a session of someone who came by a link and has no account. */
  ActiveSession openForGuest(String name, Role role) {
    return open(name, role, Scope.ALL, role, false);
  }

  private ActiveSession open(
      String name, Role role, Scope scope, @Nullable Role guestRole, boolean external) {
    String id = Secrets.create();
    Instant now = clock.instant();
    dropEnded(now);
    database.update(
        "insert into sessions (fingerprint, name, guest_role, created_at, last_seen) values (?, ?,"
            + " ?, ?, ?)",
        Secrets.fingerprint(id),
        name,
        guestRole == null ? null : guestRole.word(),
        now,
        now);
    return new ActiveSession(id, name, role, scope, guestRole != null, external, now.plus(IDLE));
  }

  /** The session of a cookie's value, if it still runs. */
  Optional<ActiveSession> find(String id) {
    Instant now = clock.instant();
    Optional<Row> found =
        database.first(
            "select s.name, coalesce(s.guest_role, u.role) as role, s.guest_role, u.services, u.issuer,"
                + " s.created_at, s.last_seen from sessions s left join users u on u.name = s.name"
                + " where s.fingerprint = ? and coalesce(s.guest_role, u.role) is not null",
            Sessions::read,
            Secrets.fingerprint(id));
    return found.filter(row -> row.runsAt(now)).map(row -> touch(id, row, now));
  }

  private ActiveSession touch(String id, Row row, Instant now) {
    if (row.lastSeen().plus(WRITE_AT_MOST_EVERY).isBefore(now)) {
      database.update(
          "update sessions set last_seen = ? where fingerprint = ?", now, Secrets.fingerprint(id));
    }
    Instant absolute = row.createdAt().plus(ABSOLUTE);
    Instant idle = now.plus(IDLE);
    Instant end = idle.isBefore(absolute) ? idle : absolute;
    return new ActiveSession(
        id, row.name(), row.role(), row.scope(), row.guest(), row.external(), end);
  }

  void close(String id) {
    database.update("delete from sessions where fingerprint = ?", Secrets.fingerprint(id));
  }

  /** Ends every session of whoever this one belongs to. */
  void closeAll(ActiveSession session) {
    database.update(
        "delete from sessions where name = ? and guest_role is "
            + (session.guest() ? "not" : "")
            + " null",
        session.name());
  }

  private void dropEnded(Instant now) {
    database.update(
        "delete from sessions where last_seen < ? or created_at < ?",
        now.minus(IDLE),
        now.minus(ABSOLUTE));
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("name"),
        Role.of(row.getString("role")),
        row.getString("guest_role") == null ? Scope.parse(row.getString("services")) : Scope.ALL,
        row.getString("guest_role") != null,
        row.getString("guest_role") == null && row.getString("issuer") != null,
        ControlDatabase.instant(row, "created_at"),
        ControlDatabase.instant(row, "last_seen"));
  }

  private record Row(
      String name,
      Role role,
      Scope scope,
      boolean guest,
      boolean external,
      Instant createdAt,
      Instant lastSeen) {
    boolean runsAt(Instant now) {
      return now.isBefore(lastSeen.plus(IDLE)) && now.isBefore(createdAt.plus(ABSOLUTE));
    }
  }
}
