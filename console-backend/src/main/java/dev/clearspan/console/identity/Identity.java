package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Knows who sends a request, and signs people in and out. Thread-safe. */
public final class Identity implements AutoCloseable {
  private static final String EXTERNAL = "oidc";

  private final ControlDatabase database;
  private final Users users;
  private final ExternalUsers externalUsers;
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
    this.externalUsers = new ExternalUsers(database, users, clock);
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

  /** The console's own notes on the audit rows of an environment. */
  public AuditIndex auditIndex(String env) {
    return new AuditIndex(database, env);
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
      log.refused(name, "sign-in.refused", "from " + address);
      throw ProblemException.unauthenticated("Wrong user name or password.");
    }
    throttle.succeeded(name, address);
    users.signedIn(name);
    log.record(name, "sign-in", name, "from " + address);
    return sessions.open(user.get());
  }

  /** Whether an address may come back from a provider: after 100 failures an hour it waits. */
  public boolean allowsExternal(String address) {
    return throttle.allows(address);
  }

  /** Notes that somebody was not signed in by the provider, or may do nothing here. */
  public void refusedExternal(String why, String address) {
    throttle.failed(address);
    log.refused(EXTERNAL, "sign-in.refused", "from " + address + ": " + why);
  }

  /**
   * Signs in whom a provider has vouched for.
   *
   * @param idToken by which the provider knows what to end when they sign out
   */
  public ActiveSession signIn(ExternalUser person, String idToken, String address) {
    User user = externalUsers.keep(person);
    String rights = Scope.words(user.role(), user.services());
    log.record(
        user.name(),
        "sign-in",
        user.name(),
        "with " + person.issuer() + " as " + rights + ", from " + address);
    return sessions.open(user, idToken);
  }

  /** Signs a guest in by a one-time link. */
  public ActiveSession redeem(String oneTimeToken, String address) {
    throttle.check("link", address);
    Optional<Principal> guest = links.redeem(oneTimeToken);
    if (guest.isEmpty()) {
      throttle.failed("link", address);
      log.refused("link", "sign-in.refused", "from " + address);
      throw ProblemException.unauthenticated(
          "The link is used up, has expired or was never given out. Ask for a new one.");
    }
    String name = guest.get().name();
    log.record(name, "sign-in", name, "by link, from " + address);
    return sessions.openForGuest(guest.get().name(), guest.get().role());
  }

  /** Whether there is no admin yet. */
  public boolean setupRequired() {
    return !users.hasAdmin();
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
      log.refused("setup", "setup.refused", "from " + address);
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

  /** Ends a session; the provider's that stands behind it. */
  public Optional<ExternalSession> signOut(String cookie) {
    Optional<ExternalSession> behind = sessions.behind(cookie);
    sessions.close(cookie);
    return behind;
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
    if (session.external()) {
      throw ProblemException.conflict("You signed in with a provider and have no password here.");
    }
    throttle.check(name, address);
    if (current == null || !isPasswordOf(name, current)) {
      throttle.failed(name, address);
      log.refused(name, "password.refused", "from " + address);
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

  /** Ends all sessions of whoever is signed in; the provider's that stands behind this one. */
  public Optional<ExternalSession> signOutEverywhere(ActiveSession session) {
    Optional<ExternalSession> behind = sessions.behind(session.id());
    sessions.closeAll(session);
    log.record(session.name(), "session.end", session.name(), "all sessions");
    return behind;
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

  @Override
  public void close() {
    database.close();
  }
}
