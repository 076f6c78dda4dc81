package dev.clearspan.console.api;

import dev.clearspan.console.identity.ActiveSession;
import dev.clearspan.console.identity.Identity;
import dev.clearspan.console.oidc.OidcException;
import dev.clearspan.console.oidc.OidcSignIn;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two addresses at which browsers leave for the provider and come back. */
final class OidcApi implements Api {
  private static final String CALLBACK = "/api/v1/oidc/callback";
  private static final String COOKIE_PATH = "/api/v1/oidc";
  private static final String START_PAGE = "/topology";
  private static final int COOKIE_SECONDS = 600;

  /** A path of this console; {@code //} and {@code /\} would lead browsers elsewhere. */
  private static final Pattern OWN_PATH =
      Pattern.compile("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]{0,1999}");

  private final @Nullable OidcSignIn oidc;
  private final Identity identity;
  private final SessionCookie session;
  private final Supplier<URI> base;
  private final boolean https;

  OidcApi(@Nullable OidcSignIn oidc, Identity identity, SessionCookie session, Listen listen) {
    this.oidc = oidc;
    this.identity = identity;
    this.session = session;
    this.base = listen.base();
    this.https = listen.https();
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/oidc/sign-in")
            .access(Access.OPEN)
            .summary("Sends a browser to the provider to sign in")
            .query("to", "string", "Path of the console to go to afterwards")
            .handledBy(this::leave),
        Route.get(CALLBACK)
            .access(Access.OPEN)
            .summary("Signs in a browser that the provider sends back")
            .query("code", "string", "What the provider gives for an ID token, once")
            .query("state", "string", "Which sign-in it belongs to")
            .query("iss", "string", "Which provider answers")
            .query("error", "string", "Why there is no code")
            .foreign()
            .handledBy(this::comeBack));
  }

  private void leave(Context context) {
    OidcSignIn provider = provider();
    String wanted = Query.text(context, "to").orElse(START_PAGE);
    String to = OWN_PATH.matcher(wanted).matches() ? wanted : START_PAGE;
    try {
      checkPace(context);
      OidcSignIn.Departure departure = provider.begin(callback(), to, context.ip());
      context.cookie(cookie(departure.browser(), COOKIE_SECONDS));
      context.redirect(departure.location().toString(), HttpStatus.FOUND);
    } catch (OidcException e) {
      explain(context, e.reason());
    }
  }

  private void comeBack(Context context) {
    OidcSignIn provider = provider();
    OidcSignIn.Return back =
        new OidcSignIn.Return(
            single(context, "code"),
            single(context, "state"),
            single(context, "iss"),
            single(context, "error"),
            context.cookie(cookieName()));
    context.cookie(cookie("", 0));
    try {
      checkPace(context);
      OidcSignIn.Arrival arrival = provider.finish(callback(), back);
      ActiveSession opened = identity.signIn(arrival.user(), arrival.idToken(), context.ip());
      session.read(context).ifPresent(identity::signOut);
      session.set(context, opened);
      context.redirect(arrival.to(), HttpStatus.FOUND);
    } catch (OidcException e) {
      refuse(context, e.reason(), e);
    } catch (ProblemException e) {
      refuse(context, OidcException.Reason.NAME, e);
    }
  }

  private void checkPace(Context context) throws OidcException {
    if (!identity.allowsExternal(context.ip())) {
      throw new OidcException(OidcException.Reason.THROTTLED, "too many failures");
    }
  }

  private void refuse(Context context, OidcException.Reason reason, Exception why) {
    identity.refusedExternal(String.valueOf(why.getMessage()), context.ip());
    explain(context, reason);
  }

  /** The page knows what to say; what the provider said is in the account log. */
  private static void explain(Context context, OidcException.Reason reason) {
    context.redirect("/sign-in?problem=" + reason.word(), HttpStatus.FOUND);
  }

  private OidcSignIn provider() {
    if (oidc == null) {
      throw ProblemException.notFound(
          "Sign-in with a provider is not set up (expected: CLEARSPAN_OIDC_ISSUER)");
    }
    return oidc;
  }

  /** A parameter that comes twice is nobody's (RFC 6749, section 3.1). */
  private static @Nullable String single(Context context, String name) {
    List<String> values = context.queryParams(name);
    return values.size() == 1 ? values.get(0) : null;
  }

  private URI callback() {
    return base.get().resolve(CALLBACK);
  }

  private String cookieName() {
    return https ? "__Secure-clearspan_sign_in" : "clearspan_sign_in";
  }

  /** Lax: the provider's page is another site, and sends the browser here. */
  private Cookie cookie(String value, int maxAge) {
    return new Cookie(
        cookieName(),
        value,
        COOKIE_PATH,
        maxAge,
        https,
        /* isHttpOnly= */ true,
        null,
        SameSite.LAX);
  }
}
