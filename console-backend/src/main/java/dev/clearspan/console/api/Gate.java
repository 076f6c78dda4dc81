package dev.clearspan.console.api;

import dev.clearspan.console.identity.AccountLog;
import dev.clearspan.console.identity.ActiveSession;
import dev.clearspan.console.identity.Identity;
import dev.clearspan.console.identity.Principal;
import dev.clearspan.console.identity.Role;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Route;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands before every route: lets through who may use it, and refuses everyone else. */
final class Gate {
  private static final String BEARER = "Bearer ";

  private final Identity identity;
  private final SessionCookie cookie;
  private final Origins origins;

  Gate(Identity identity, SessionCookie cookie, Origins origins) {
    this.identity = identity;
    this.cookie = cookie;
    this.origins = origins;
  }

  /** Checks the request against the access that its route asks for; without one, nobody passes. */
  void check(Context context) {
    Access access =
        context.routeRoles().stream()
            .filter(Access.class::isInstance)
            .map(Access.class::cast)
            .findFirst()
            .orElse(Access.ADMIN);
    boolean mutates = context.method() != HandlerType.GET;
    if (mutates) {
      origins.checkOrigin(context);
    }
    Role required = required(access, context);
    if (required == null) {
      return;
    }
    Principal principal = authenticate(context, mutates);
    if (!principal.role().includes(required)) {
      refused(principal, context, identity.log());
      throw ProblemException.forbidden(
          "You are " + principal.role().word() + " (expected: " + required.word() + ")");
    }
    Callers.remember(context, principal);
  }

  /** The route's handler; what it does to a service is only for those who may steer that one. */
  Handler scoped(Route route) {
    if (!route.mutates() || !route.path().contains("{service}")) {
      return route.handler();
    }
    return context -> {
      checkScope(Callers.of(context), context.pathParam("service"), context, identity.log());
      route.handler().handle(context);
    };
  }

  private static void refused(Principal principal, Context context, AccountLog log) {
    String what = context.method().name() + " " + context.path();
    log.refused(principal.name(), "access.refused", what);
  }

  /** Refuses who may not steer the service, and writes that down. */
  static void checkScope(Principal principal, String service, Context context, AccountLog log) {
    if (!principal.scope().allows(service)) {
      refused(principal, context, log);
      throw ProblemException.forbidden(
          "You may steer " + principal.scope() + " (expected: " + service + ")");
    }
  }

  private static @Nullable Role required(Access access, Context context) {
    return switch (access) {
      case OPEN -> null;
      case LOOPBACK_OR_VIEWER -> isLocal(context) ? null : Role.VIEWER;
      case VIEWER -> Role.VIEWER;
      case OPERATOR -> Role.OPERATOR;
      case ADMIN -> Role.ADMIN;
    };
  }

  /** Whether the request comes from this machine, and not through a proxy on it. */
  private static boolean isLocal(Context context) {
    if (context.header("X-Forwarded-For") != null || context.header("Forwarded") != null) {
      return false;
    }
    try {
      return InetAddress.getByName(context.ip()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private Principal authenticate(Context context, boolean mutates) {
    String authorization = context.header("Authorization");
    if (authorization != null) {
      return bearer(authorization);
    }
    ActiveSession session =
        session(context)
            .orElseThrow(
                () ->
                    ProblemException.unauthenticated(
                        "Sign in, or send a token (Authorization: Bearer ...)."));
    if (mutates && !isSame(context.header("X-CSRF-Token"), session.csrfToken())) {
      throw ProblemException.forbidden(
          "X-CSRF-Token is missing or wrong (expected: csrfToken of GET /api/v1/session)");
    }
    return session.principal();
  }

  /** The session of the request's cookie. */
  Optional<ActiveSession> session(Context context) {
    return cookie.read(context).flatMap(identity::session);
  }

  private Principal bearer(String authorization) {
    return Optional.of(authorization)
        .filter(header -> header.startsWith(BEARER))
        .flatMap(header -> identity.bearer(header.substring(BEARER.length()).trim()))
        .orElseThrow(
            () -> ProblemException.unauthenticated("The token is unknown, ended or malformed."));
  }

  /** Whether whoever opened a stream may still read: asked again while it runs. */
  boolean mayStillRead(@Nullable String authorization, @Nullable String sessionId) {
    if (authorization != null) {
      return authorization.startsWith(BEARER)
          && identity.bearer(authorization.substring(BEARER.length()).trim()).isPresent();
    }
    return sessionId != null && identity.session(sessionId).isPresent();
  }

  private static boolean isSame(@Nullable String found, String expected) {
    return found != null
        && MessageDigest.isEqual(
            found.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
