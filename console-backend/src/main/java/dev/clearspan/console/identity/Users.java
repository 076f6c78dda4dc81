package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The people who sign in. Thread-safe. */
public final class Users {
  private static final String COLUMNS =
      "select name, role, services, created_at, last_sign_in, issuer from users";

  /** What is stored for those who sign in elsewhere: no hash, so that nothing matches it. */
  static final String NO_PASSWORD = "";

  private final ControlDatabase database;
  private final Passwords passwords;
  private final Clock clock;
  private final ReentrantLock changing = new ReentrantLock();

  Users(ControlDatabase database, Passwords passwords, Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.clock = clock;
  }

  public List<User> list() {
    return database.query(COLUMNS + " order by name", Users::read);
  }

  public Optional<User> find(String name) {
    return database.first(COLUMNS + " where name = ?", Users::read, name);
  }

  boolean hasAdmin() {
    return list().stream().anyMatch(user -> user.role() == Role.ADMIN);
  }

  /** Adds a user; 409 when the name is taken. */
  public User create(
      @Nullable String name,
      @Nullable Role role,
      @Nullable List<String> services,
      @Nullable String password) {
    String checked = Names.check("name", name);
    Role given = required(role);
    Scope scope = Scope.checked(given, services);
    String hash = hash(checked, password);
    changing.lock();
    try {
      if (find(checked).isPresent()) {
        throw ProblemException.conflict("There is a user '" + checked + "' already.");
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      User user = new User(checked, given, scope.services(), now, null, null);
      database.update(
          "insert into users (name, role, services, password, created_at) values (?, ?, ?, ?, ?)",
          checked,
          given.word(),
          scope.stored(),
          hash,
          now);
      return user;
    } finally {
      changing.unlock();
    }
  }

  /**
   * Changes what is not null, and ends every session of the user. Who becomes an admin loses a
   * scope.
   */
  public User change(
      String name,
      @Nullable Role role,
      @Nullable List<String> services,
      @Nullable String password) {
    String hash = password == null ? null : hash(name, password);
    changing.lock();
    try {
      User user = existing(name);
      if (user.issuer() != null) {
        throw ProblemException.conflict(
            "'" + name + "' signs in with " + user.issuer() + ", whose groups say what they may.");
      }
      if (role != null && role != Role.ADMIN) {
        refuseToLoseLastAdmin(user);
      }
      boolean keepsScope = services == null && role != Role.ADMIN;
      Scope scope = Scope.checked(role == null ? user.role() : role, services);
      database.update(
          "update users set role = coalesce(?, role), services = coalesce(?, services), password ="
              + " coalesce(?, password) where name = ?",
          role == null ? null : role.word(),
          keepsScope ? null : scope.stored(),
          hash,
          name);
      endSessions(name);
      return existing(name);
    } finally {
      changing.unlock();
    }
  }

  /** Removes a user and ends their sessions. */
  public void delete(String name) {
    changing.lock();
    try {
      refuseToLoseLastAdmin(existing(name));
      database.update("delete from users where name = ?", name);
      endSessions(name);
    } finally {
      changing.unlock();
    }
  }

  /** The user if the password is right; takes the same time if there is no such user. */
  Optional<User> authenticate(String name, String password) {
    Optional<String> stored =
        database.first(
            "select password from users where name = ? and issuer is null",
            row -> row.getString("password"),
            name);
    if (stored.isEmpty()) {
      passwords.pretendToCompare(password);
      return Optional.empty();
    }
    return passwords.matches(password, stored.get()) ? find(name) : Optional.empty();
  }

  void signedIn(String name) {
    database.update("update users set last_sign_in = ? where name = ?", clock.instant(), name);
  }

  private void endSessions(String name) {
    database.update("delete from sessions where name = ?", name);
  }

  private User existing(String name) {
    return find(name)
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "There is no user '"
                        + name
                        + "' (users: "
                        + String.join(", ", list().stream().map(User::name).toList())
                        + ")"));
  }

  private void refuseToLoseLastAdmin(User user) {
    long admins = list().stream().filter(other -> other.role() == Role.ADMIN).count();
    if (user.role() == Role.ADMIN && admins == 1) {
      throw ProblemException.conflict(
          "'" + user.name() + "' is the last admin. Make someone else an admin first.");
    }
  }

  private String hash(String name, @Nullable String password) {
    if (password == null) {
      throw ProblemException.invalid("password", "missing");
    }
    Passwords.check(name, password);
    return passwords.hash(password);
  }

  private static Role required(@Nullable Role role) {
    return role == null ? Role.of(null) : role;
  }

  private static User read(ResultSet row) throws SQLException {
    return new User(
        row.getString("name"),
        Role.of(row.getString("role")),
        Scope.parse(row.getString("services")).services(),
        ControlDatabase.instant(row, "created_at"),
        ControlDatabase.instantOrNull(row, "last_sign_in"),
        row.getString("issuer"));
  }
}
