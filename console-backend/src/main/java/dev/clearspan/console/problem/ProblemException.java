package dev.clearspan.console.problem;

import java.util.Objects;

/** A request that cannot be fulfilled, with the answer its sender gets. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final long retryAfterSeconds;

  private ProblemException(Problem problem, long retryAfterSeconds) {
    super(problem.title() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  private static ProblemException of(Problem problem) {
    return new ProblemException(problem, 0);
  }

  /** 400: the request cannot be understood at all. */
  public static ProblemException malformed(String detail) {
    return of(Problem.of(400, "malformed", "The request cannot be read", detail));
  }

  /** 401: who asks is not known. */
  public static ProblemException unauthenticated(String detail) {
    return of(Problem.of(401, "signed-out", "Not signed in", detail));
  }

  /** 403: who asks is known and may not. */
  public static ProblemException forbidden(String detail) {
    return of(Problem.of(403, "forbidden", "Not allowed", detail));
  }

  /** 404: there is no such thing; the detail says what there is. */
  public static ProblemException notFound(String detail) {
    return of(Problem.of(404, "not-found", "Not found", detail));
  }

  /** 404: there is no such trace, and this is why. */
  public static ProblemException absent(String detail, Absence absence) {
    return of(Problem.of(404, "not-found", "Not found", detail).withAbsence(absence));
  }

  /** 409: something else was stored in the meantime. */
  public static ProblemException conflict(String detail, Problem.Current current) {
    return of(Problem.of(409, "conflict", "Changed meanwhile", detail).withCurrent(current));
  }

  /** 409: it is there already, or cannot be done in this state. */
  public static ProblemException conflict(String detail) {
    return of(Problem.of(409, "conflict", "Not possible now", detail));
  }

  /** 422: one field is wrong. */
  public static ProblemException invalid(String field, String detail) {
    return of(Problem.of(422, "invalid", "Invalid value", field + ": " + detail).withField(field));
  }

  /** 428: a header is missing that protects against lost updates. */
  public static ProblemException preconditionRequired(String detail) {
    return of(
        Problem.of(428, "precondition-required", "Revision missing", detail).withField("If-Match"));
  }

  /** 429: try again later. */
  public static ProblemException tooMany(String detail, long retryAfterSeconds) {
    return new ProblemException(
        Problem.of(429, "too-many-requests", "Too many requests", detail), retryAfterSeconds);
  }

  /** 503: something this console needs is not there now. */
  public static ProblemException unavailable(String detail) {
    return new ProblemException(
        Problem.of(503, "unavailable", "Not available now", detail), /* retryAfterSeconds= */ 2);
  }

  /** Any other status, with its standard title. */
  public static ProblemException status(int status, String title, String detail) {
    return of(new Problem("about:blank", title, status, detail, null, null, null, null));
  }

  /** 500: a fault of ours; the reference leads to the log entry. */
  public static ProblemException unexpected(String reference) {
    String detail =
        "The console failed to answer. Its log has the cause under reference " + reference + ".";
    return of(
        Problem.of(500, "unexpected", "Internal error", detail)
            .withTraceId(Objects.requireNonNull(reference)));
  }

  public Problem problem() {
    return problem;
  }

  /** Seconds to wait before another try; 0 when waiting does not help. */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
