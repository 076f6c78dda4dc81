package dev.clearspan.console.api;

import dev.clearspan.console.identity.Principal;
import io.javalin.http.Context;
import java.util.Objects;

/** Who sends the request at hand, as {@link Gate} found out. */
final class Callers {
  private static final String ATTRIBUTE = "clearspan.principal";

  private Callers() {}

  static void remember(Context context, Principal principal) {
    context.attribute(ATTRIBUTE, principal);
  }

  /** Who it is; only for routes that need a role. */
  static Principal of(Context context) {
    Principal principal = context.attribute(ATTRIBUTE);
    return Objects.requireNonNull(principal, "an open route has no principal");
  }

  static String name(Context context) {
    return of(context).name();
  }
}
