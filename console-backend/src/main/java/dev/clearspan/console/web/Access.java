package dev.clearspan.console.web;

import io.javalin.security.RouteRole;

/** Who may use a route. */
public enum Access implements RouteRole {
  /** Everyone. */
  OPEN,
  /** Everyone on this machine; others need to be at least viewers. */
  LOOPBACK_OR_VIEWER,
  /** Whoever is signed in. */
  VIEWER,
  /** Those who steer: operators and admins. */
  OPERATOR,
  ADMIN
}
