package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows who sends a request, and signs people in and out. Thread-safe. */
public final class Identity implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

  private final ControlDatabase database;
  private final Users users;
  private final Sessions sessions;
  private final Tokens tokens;
  private final SignInLinks links;
  private final AccountLog log;
  private final InvocationLog invocations;
  private final LoginThrottle throttle;
  private final @Nullable String adminToken;
  private final String setupToken = Secrets.create();
  private final ReentrantLock settingUp = new ReentrantLock();

  private Identity(ControlDatabase database, @Nullable String adminToken, Clock clock) {
    this.database = database;
    this.adminToken = adminToken;
    this.users = new Users(database, new Passwords(), clock);
    this.sessions = new Sessions(database, clock);
    this.tokens = new Tokens(database, clock);
    this.links = new SignInLinks(database, users, clock);
    this.log = new AccountLog(database, clock);
    this.invocations = new InvocationLog(database, clock);
    this.throttle = new LoginThrottle(clock);
  }

  /**
   * Opens the users' database.
   *
   * @param adminToken a bearer token with the admin role; null: none
   * @throws IllegalStateException if it cannot be opened; the message says what to do
   */
  public static Identity open(Path directory, @Nullable String adminToken, Clock clock) {
    return new Identity(ControlDatabase.open(directory), adminToken, clock);
  }

  public Users users() {
    return users;
  }

  public Tokens tokens() {
    return tokens;
  }

  public SignInLinks links() {
    return links;
  }

  /** What was done to the accounts. */
  public AccountLog log() {
    return log;
  }

  /** Who called what through the console. */
  public InvocationLog invocations() {
    return invocations;
  }

  /** Signs a user in; a wrong password and an unknown user get the same answer. */
  public ActiveSession signIn(String name, String password, String address) {
    throttle.check(name, address);
    Optional<User> user =
        password.length() > Passwords.MAX_LENGTH
            ? Optional.empty()
            : users.authenticate(name, password);
    if (user.isEmpty()) {
      throttle.failed(name, address);
      LOG.warn("sign-in of '{}' from {} refused", printable(name), address);
      throw ProblemException.unauthenticated("Wrong user name or password.");
    }
    throttle.succeeded(name, address);
    users.signedIn(name);
    LOG.info("{} signed in from {}", name, address);
    return sessions.open(user.get());
  }

  /** Signs a guest in by a one-time link. */
  public ActiveSession redeem(String oneTimeToken, String address) {
    throttle.check("link", address);
    Optional<Principal> guest = links.redeem(oneTimeToken);
    if (guest.isEmpty()) {
      throttle.failed("link", address);
      LOG.warn("sign-in by link from {} refused", address);
      throw ProblemException.unauthenticated(
          "The link is used up, has expired or was never given out. Ask for a new one.");
    }
    LOG.info("{} signed in by link from {}", guest.get().name(), address);
    return sessions.openForGuest(guest.get().name(), guest.get().role());
  }

  /** Whether there is no user yet. */
  public boolean setupRequired() {
    return users.isEmpty();
  }

  /** Where the first admin is created; valid while there is no user and until the next start. */
  public Optional<String> setupPath() {
    return setupRequired() ? Optional.of("/setup#token=" + setupToken) : Optional.empty();
  }

  /** Creates the first admin and signs them in. */
  public ActiveSession setUp(
      @Nullable String token, @Nullable String name, @Nullable String password, String address) {
    throttle.check("setup", address);
    if (token == null || !Secrets.same(token, setupToken)) {
      throttle.failed("setup", address);
      throw ProblemException.unauthenticated(
          "The set-up token is not the one this start has printed in the console's log.");
    }
    settingUp.lock();
    try {
      if (!setupRequired()) {
        throw ProblemException.conflict("The console is set up already. Sign in instead.");
      }
      User admin = users.create(name, Role.ADMIN, null, password);
      log.record(admin.name(), "setup", admin.name(), "first admin, from " + address);
      return sessions.open(admin);
    } finally {
      settingUp.unlock();
    }
  }

  public Optional<ActiveSession> session(String cookie) {
    return sessions.find(cookie);
  }

  public void signOut(String cookie) {
    sessions.close(cookie);
  }

  /**
   * Changes the password of whoever is signed in, and ends their sessions.
   *
   * @return the session that goes on
   */
  public ActiveSession changePassword(
      ActiveSession session, @Nullable String current, @Nullable String next, String address) {
    String name = session.name();
    if (session.guest()) {
      throw ProblemException.conflict("You came by a link and have no password to change.");
    }
    throttle.check(name, address);
    if (current == null || !isPasswordOf(name, current)) {
      throttle.failed(name, address);
      LOG.warn("change of {}'s password from {} refused", name, address);
      throw ProblemException.invalid("currentPassword", "is not your password");
    }
    throttle.succeeded(name, address);
    if (next == null) {
      throw ProblemException.invalid("newPassword", "missing");
    }
    User user = users.change(name, null, null, next);
    log.record(name, "password.change", name, "their own; other sessions ended");
    return sessions.open(user);
  }

  private boolean isPasswordOf(String name, String password) {
    return password.length() <= Passwords.MAX_LENGTH
        && users.authenticate(name, password).isPresent();
  }

  /** Ends all sessions of whoever is signed in. */
  public void signOutEverywhere(ActiveSession session) {
    sessions.closeAll(session);
    log.record(session.name(), "session.end", session.name(), "all sessions");
  }

  /** Who a bearer token belongs to. */
  public Optional<Principal> bearer(String secret) {
    if (adminToken != null && Secrets.same(secret, adminToken)) {
      return Optional.of(new Principal("admin-token", Role.ADMIN, Scope.ALL, false));
    }
    return tokens
        .find(secret)
        .map(it -> new Principal(it.name(), it.role(), new Scope(it.services()), false));
  }

  private static String printable(String name) {
    String clean = name.replaceAll("[^\\p{Graph}]", "?");
    return clean.length() > 63 ? clean.substring(0, 63) + "..." : clean;
  }

  @Override
  public void close() {
    database.close();
  }
}
