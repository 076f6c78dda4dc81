package dev.clearspan.ctl.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** The console cannot be reached, or refused; the message says what was wrong and what to do. */
public final class ConsoleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient JsonNode problem;

  ConsoleException(String message) {
    super(message);
    status = 0;
    problem = MissingNode.getInstance();
  }

  private ConsoleException(int status, String message, JsonNode problem) {
    super(message);
    this.status = status;
    this.problem = problem;
  }

  /** From an answer that is no success. */
  static ConsoleException of(int status, JsonNode problem) {
    String detail = problem.path("detail").asText("");
    String what = detail.isEmpty() ? problem.path("title").asText("no reason given") : detail;
    String field = problem.path("field").asText("");
    String where = field.isEmpty() || what.startsWith(field) ? "" : field + ": ";
    return new ConsoleException(status, where + what + remedy(status), problem);
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** On a lost race: what is there now, its revision and its value. */
  public JsonNode current() {
    return problem.path("current");
  }

  private static String remedy(int status) {
    return status == 401 ? " Sign in with: clearspan ctl login, or set CLEARSPAN_TOKEN." : "";
  }
}
