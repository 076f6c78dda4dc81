package dev.clearspan.console.web;

import dev.clearspan.console.problem.Problem;
import dev.clearspan.console.problem.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every failure with {@code application/problem+json}. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private Problems() {}

  public static void register(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, context) -> answer(context, e));
    routes.exception(
        HttpResponseException.class, (e, context) -> answer(context, translate(e, context)));
    routes.exception(EofException.class, (e, context) -> answer(context, cutOff(e, context)));
    routes.exception(Exception.class, (e, context) -> answer(context, unexpected(e, context)));
  }

  public static void answer(Context context, ProblemException e) {
    Problem problem = e.problem();
    if (e.retryAfterSeconds() > 0) {
      context.header("Retry-After", Long.toString(e.retryAfterSeconds()));
    }
    context
        .status(problem.status())
        .contentType("application/problem+json")
        .result(Json.write(problem));
  }

  private static ProblemException translate(HttpResponseException e, Context context) {
    String target = context.method().name() + " " + context.path();
    return switch (e.getStatus()) {
      case 404 ->
          ProblemException.notFound(
              "There is no " + target + " (expected: a path of /api/v1/openapi.json)");
      case 405 ->
          ProblemException.status(
              405,
              "Method Not Allowed",
              target + " is not possible; " + String.valueOf(e.getMessage()));
      case 413 -> HttpLimits.tooLarge();
      default ->
          ProblemException.status(
              e.getStatus(), "Refused", target + ": " + String.valueOf(e.getMessage()));
    };
  }

  private static ProblemException cutOff(EofException e, Context context) {
    LOG.debug("{} {}: {}", context.method().name(), context.path(), e.getMessage());
    return ProblemException.malformed(
        "The body ended early, or its chunks are malformed (expected: as long as it says)");
  }

  private static ProblemException unexpected(Exception e, Context context) {
    byte[] random = new byte[6];
    RANDOM.nextBytes(random);
    String reference = HexFormat.of().formatHex(random);
    LOG.error("{} {} failed, reference {}", context.method().name(), context.path(), reference, e);
    return ProblemException.unexpected(reference);
  }
}
