package dev.clearspan.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.identity.AuditIndex.Link;
import dev.clearspan.console.web.Json;
import java.util.Map;
import java.util.Optional;

/**
 * What an audit row says of the rows that were pruned with it: up to where, and the hash that the
 * first row left follows. So each console, also one without notes, finds the same hashes.
 */
record PruneMark(long revision, long position, String hash) {
  static final String ACTION = "audit.prune";

  static PruneMark of(Link last) {
    return new PruneMark(last.revision(), last.position(), last.hash());
  }

  String json() {
    return Json.write(Map.of("revision", revision, "position", position, "hash", hash));
  }

  /** The mark in the value of an audit row; empty if it is a row of another kind. */
  static Optional<PruneMark> in(String value) {
    if (!value.contains(ACTION)) {
      return Optional.empty();
    }
    JsonNode row = Json.lenient(value);
    if (!row.path("action").asText().equals(ACTION)) {
      return Optional.empty();
    }
    JsonNode mark = Json.lenient(row.path("after").asText());
    long revision = mark.path("revision").asLong();
    long position = mark.path("position").asLong();
    String hash = mark.path("hash").asText();
    boolean sound = revision > 0 && position > 0 && hash.matches("[0-9a-f]{64}");
    return sound ? Optional.of(new PruneMark(revision, position, hash)) : Optional.empty();
  }
}
