package dev.clearspan.console.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error answer, {@code application/problem+json} (RFC 9457).
 *
 * @param type "about:blank", or a path below /problems/ that names the kind
 * @param title what was wrong, in a few words
 * @param status HTTP status
 * @param detail what was found, what was expected, what to do
 * @param field with 422: the field, parameter or header that was wrong
 * @param current with 409: what is stored now
 * @param traceId reference to the server's log, on unexpected errors
 * @param absence with 404 of a trace: why it is not there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String field,
    @Nullable Current current,
    @Nullable String traceId,
    @Nullable Absence absence) {

  /** What is stored: the revision a change must name, and the value; null when there is none. */
  @JsonInclude
  public record Current(long revision, @Nullable Object value) {}

  static Problem of(int status, String kind, String title, String detail) {
    return new Problem("/problems/" + kind, title, status, detail, null, null, null, null);
  }

  Problem withField(String value) {
    return new Problem(type, title, status, detail, value, current, traceId, absence);
  }

  Problem withCurrent(Current value) {
    return new Problem(type, title, status, detail, field, value, traceId, absence);
  }

  Problem withTraceId(String value) {
    return new Problem(type, title, status, detail, field, current, value, absence);
  }

  Problem withAbsence(Absence value) {
    return new Problem(type, title, status, detail, field, current, traceId, value);
  }
}
