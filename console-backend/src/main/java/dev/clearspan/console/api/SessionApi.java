package dev.clearspan.console.api;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.clearspan.console.identity.ActiveSession;
import dev.clearspan.console.identity.ExternalSession;
import dev.clearspan.console.identity.Identity;
import dev.clearspan.console.identity.Principal;
import dev.clearspan.console.identity.Role;
import dev.clearspan.console.identity.SignInLink;
import dev.clearspan.console.oidc.OidcSignIn;
import dev.clearspan.console.oidc.OidcState;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Route;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and setting the console up. */
final class SessionApi implements Api {
  private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");
  private static final long DEFAULT_LINK_SECONDS = 600;
  private static final String SIGN_IN_PAGE = "/sign-in";

  private final Identity identity;
  private final @Nullable OidcSignIn oidc;
  private final SessionCookie cookie;
  private final Gate gate;
  private final Supplier<URI> base;
  private final String env;
  private final String version;

  SessionApi(Features features, SessionCookie cookie, Gate gate, Listen listen) {
    this.identity = features.identity();
    this.oidc = features.oidc();
    this.cookie = cookie;
    this.gate = gate;
    this.base = listen.base();
    this.env = features.system().env();
    this.version = features.system().version();
  }

  /** Who is signed in. */
  record Session(Person user, String csrfToken, Instant expiresAt, String env, String version) {}

  /** Services they may steer: none means all. */
  record Person(String name, Role role, List<String> services, Kind kind) {}

  /** What is behind a name. */
  enum Kind {
    USER,
    /** Signs in with a provider. */
    EXTERNAL,
    GUEST,
    TOKEN;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is left to do after signing out here; nulls: nothing.
   *
   * @param goTo address to go to, to sign out at the provider, too
   * @param state what the provider sends the browser back with, to the page of sign-in
   * @param stillAt issuer at which one may still be signed in, where there is no such address
   */
  record SignedOut(@Nullable String goTo, @Nullable String state, @Nullable String stillAt) {
    private static final SignedOut DONE = new SignedOut(null, null, null);
  }

  record PasswordChangeRequest(@Nullable String currentPassword, @Nullable String newPassword) {}

  /** Either a user name and password, or a one-time token. */
  record SignInRequest(
      @Nullable String username, @Nullable String password, @Nullable String oneTimeToken) {}

  /** How one gets in; no provider: by password alone. */
  record SetupState(boolean required, @Nullable Provider provider) {}

  /** A provider to sign in with. */
  record Provider(String label, boolean available) {}

  record SetupRequest(
      @Nullable String token, @Nullable String username, @Nullable String password) {}

  record SignInLinkRequest(@Nullable Role role, @Nullable String name, @Nullable Long ttlSeconds) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/session")
            .access(Access.VIEWER)
            .summary("Says who is signed in")
            .gives(Session.class)
            .handledBy(this::show),
        Route.post("/api/v1/session")
            .access(Access.OPEN)
            .summary("Signs in by password or one-time token")
            .takes(SignInRequest.class)
            .gives(Session.class)
            .handledBy(this::signIn),
        Route.delete("/api/v1/session")
            .access(Access.VIEWER)
            .summary("Signs out")
            .gives(SignedOut.class)
            .handledBy(this::signOut),
        Route.put("/api/v1/session/password")
            .access(Access.VIEWER)
            .summary("Changes one's own password and ends one's other sessions")
            .takes(PasswordChangeRequest.class)
            .gives(Session.class)
            .handledBy(this::changePassword),
        Route.delete("/api/v1/sessions")
            .access(Access.VIEWER)
            .summary("Signs out everywhere")
            .gives(SignedOut.class)
            .handledBy(this::signOutEverywhere),
        Route.get("/api/v1/setup")
            .access(Access.OPEN)
            .summary("Says whether the first admin is still to be created, and how one signs in")
            .gives(SetupState.class)
            .handledBy(context -> Json.answer(context, setupState())),
        Route.post("/api/v1/setup")
            .access(Access.OPEN)
            .summary("Creates the first admin and signs in")
            .takes(SetupRequest.class)
            .gives(Session.class)
            .handledBy(this::setUp),
        Route.post("/api/v1/sign-in-links")
            .access(Access.ADMIN)
            .summary("Makes a link that signs one guest in, once")
            .takes(SignInLinkRequest.class)
            .gives(SignInLink.class)
            .handledBy(this::createLink));
  }

  private SetupState setupState() {
    OidcState state = oidc == null ? null : oidc.state();
    return new SetupState(
        identity.setupRequired(),
        state == null ? null : new Provider(state.label(), state.available()));
  }

  private void show(Context context) {
    Optional<ActiveSession> session = gate.session(context);
    if (session.isPresent() && context.header("Authorization") == null) {
      answer(context, session.get());
      return;
    }
    Principal principal = Callers.of(context);
    Person person =
        new Person(principal.name(), principal.role(), principal.scope().services(), Kind.TOKEN);
    Json.answer(context, new Session(person, "", NEVER, env, version));
  }

  private void signIn(Context context) {
    SignInRequest request = Json.body(context, SignInRequest.class);
    String oneTimeToken = request.oneTimeToken();
    if (oneTimeToken != null) {
      open(context, identity.redeem(oneTimeToken, context.ip()));
      return;
    }
    String username = required("username", request.username());
    String password = required("password", request.password());
    open(context, identity.signIn(username, password, context.ip()));
  }

  private static String required(String field, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw ProblemException.invalid(field, "missing (expected: it, or a oneTimeToken)");
    }
    return value;
  }

  private void setUp(Context context) {
    SetupRequest request = Json.body(context, SetupRequest.class);
    open(
        context,
        identity.setUp(request.token(), request.username(), request.password(), context.ip()));
  }

  /** A new session replaces the one the browser had. */
  private void open(Context context, ActiveSession session) {
    cookie.read(context).ifPresent(identity::signOut);
    cookie.set(context, session);
    answer(context, session);
  }

  private void answer(Context context, ActiveSession session) {
    Kind kind = session.guest() ? Kind.GUEST : session.external() ? Kind.EXTERNAL : Kind.USER;
    Person person = new Person(session.name(), session.role(), session.scope().services(), kind);
    Json.answer(
        context, new Session(person, session.csrfToken(), session.expiresAt(), env, version));
  }

  private void signOut(Context context) {
    Optional<ExternalSession> ended = cookie.read(context).flatMap(identity::signOut);
    cookie.clear(context);
    Json.answer(context, signedOut(ended));
  }

  private SignedOut signedOut(Optional<ExternalSession> ended) {
    if (ended.isEmpty()) {
      return SignedOut.DONE;
    }
    ExternalSession session = ended.get();
    return Optional.ofNullable(oidc)
        .flatMap(provider -> provider.farewell(session, base.get().resolve(SIGN_IN_PAGE)))
        .map(way -> new SignedOut(way.location().toString(), way.state(), null))
        .orElseGet(() -> new SignedOut(null, null, session.issuer()));
  }

  private void changePassword(Context context) {
    PasswordChangeRequest request = Json.body(context, PasswordChangeRequest.class);
    ActiveSession changed =
        identity.changePassword(
            ownSession(context), request.currentPassword(), request.newPassword(), context.ip());
    cookie.set(context, changed);
    answer(context, changed);
  }

  private void signOutEverywhere(Context context) {
    Optional<ExternalSession> ended = identity.signOutEverywhere(ownSession(context));
    cookie.clear(context);
    Json.answer(context, signedOut(ended));
  }

  private ActiveSession ownSession(Context context) {
    return gate.session(context)
        .filter(session -> context.header("Authorization") == null)
        .orElseThrow(
            () ->
                ProblemException.conflict(
                    "A token has neither password nor sessions (expected: a signed-in browser)."));
  }

  private void createLink(Context context) {
    SignInLinkRequest request = Json.body(context, SignInLinkRequest.class);
    Long ttl = request.ttlSeconds();
    SignInLink link =
        identity
            .links()
            .create(request.name(), request.role(), ttl == null ? DEFAULT_LINK_SECONDS : ttl);
    String detail = "good until " + link.expiresAt();
    identity
        .log()
        .record(Callers.name(context), "link.create", Objects.toString(request.name(), ""), detail);
    Json.answer(context, link);
  }
}
