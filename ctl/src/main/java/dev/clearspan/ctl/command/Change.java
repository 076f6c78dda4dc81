package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.output.Words;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every change says of itself: why, and for how long. */
final class Change {
  @Option(names = "--reason", required = true, description = "Why; it is kept in the audit trail.")
  private String reason = "";

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "Ends by itself after this time, such as 90s, 10m, 2h (default: never).")
  private @Nullable String ttl;

  /** A request's body with both in it. */
  ObjectNode body() {
    ObjectNode body = Ctl.json().createObjectNode().put("reason", reason);
    Duration time = ttl == null ? null : Words.duration(ttl);
    if (time != null) {
      body.put("ttlSeconds", time.toSeconds());
    }
    return body;
  }
}
