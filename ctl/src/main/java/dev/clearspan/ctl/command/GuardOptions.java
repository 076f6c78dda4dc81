package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What puts a policy on trial. */
final class GuardOptions {
  private static final String FIELD = "guard";
  private static final String USUAL = "60s";

  @Option(
      names = "--guard-errors",
      paramLabel = "SHARE",
      description = "Go back by itself when more of the calls fail, such as 0.05.")
  @Nullable Double errors;

  @Option(
      names = "--guard-p99",
      paramLabel = "SECONDS",
      description = "Go back by itself when the 99th percentile is longer, such as 0.5s.")
  @Nullable String p99;

  @Option(
      names = "--guard-calls",
      paramLabel = "CALLS",
      description = "Judge from that many calls in the last minute on (default: 20).")
  @Nullable Integer calls;

  @Option(
      names = "--guard-for",
      paramLabel = "SECONDS",
      description = "Stay for good after that time, 10s to 900s (default: 60s).")
  @Nullable String time;

  boolean isSet() {
    return errors != null || p99 != null || calls != null || time != null;
  }

  /** The document with the guard that was asked for; as it is if none was. */
  JsonNode on(JsonNode document) {
    if (!isSet() || !document.isObject()) {
      return document;
    }
    ObjectNode guarded = document.deepCopy();
    ObjectNode guard = guarded.putObject(FIELD);
    if (errors != null) {
      guard.put("maxErrorShare", errors);
    }
    if (p99 != null) {
      guard.put("maxP99", p99);
    }
    if (calls != null) {
      guard.put("minimumCalls", calls);
    }
    guard.put("duration", time == null ? USUAL : time);
    return guarded;
  }
}
