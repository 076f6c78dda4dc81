package dev.clearspan.console.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.Durations;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.Times;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.ChangeGuard;
import dev.clearspan.protocol.ServicePolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The guard within a policy document: checked, set, taken out, and what it goes back to. */
final class GuardText {
  static final String FIELD = "guard";

  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration USUAL = Duration.ofSeconds(60);
  private static final long LONGEST_P99_MILLIS = Duration.ofHours(1).toMillis();
  private static final int MOST_CALLS = 10_000;

  private GuardText() {}

  /**
   * Refuses a guard that says nothing or nonsense.
   *
   * @throws ProblemException 422 naming the field
   */
  static void check(ServicePolicy policy) {
    if (!policy.hasGuard()) {
      return;
    }
    ChangeGuard guard = policy.getGuard();
    double share = guard.getMaxErrorShare();
    if (share < 0 || share >= 1 || Double.isNaN(share)) {
      throw invalid("maxErrorShare", share, "above 0, below 1, such as 0.05");
    }
    long p99 = Durations.toMillis(guard.getMaxP99());
    if (guard.hasMaxP99() && (p99 < 1 || p99 > LONGEST_P99_MILLIS)) {
      throw invalid("maxP99", Durations.toString(guard.getMaxP99()), "0.001s to 3600s");
    }
    if (share == 0 && !guard.hasMaxP99()) {
      throw ProblemException.invalid(
          FIELD, "no limit (expected: maxErrorShare, maxP99, or both, to go back by)");
    }
    int calls = guard.getMinimumCalls();
    if (calls < 0 || calls > MOST_CALLS) {
      throw invalid("minimumCalls", calls, "1 to " + MOST_CALLS);
    }
    Duration time = duration(guard);
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw invalid("duration", Durations.toString(guard.getDuration()), "10s to 900s");
    }
  }

  private static ProblemException invalid(String field, Object value, String expected) {
    return ProblemException.invalid(FIELD + "." + field, value + " (expected: " + expected + ")");
  }

  /**
   * The document with its guard in force from now on.
   *
   * @param present what it replaces: of a document on trial itself, the one before the trial counts
   */
  static ServicePolicy start(
      ServicePolicy policy, @Nullable String present, long revision, String author, Instant now) {
    Instant since = now.truncatedTo(ChronoUnit.MILLIS);
    JsonNode before = Json.lenient(present == null ? "{}" : present).path(FIELD);
    boolean onTrial = before.has("since");
    ChangeGuard guard =
        policy.getGuard().toBuilder()
            .setSince(Times.timestamp(since))
            .setUntil(Times.timestamp(since.plus(duration(policy.getGuard()))))
            .setPrevious(
                onTrial ? before.path("previous").asText() : present == null ? "" : present)
            .setPreviousRevision(onTrial ? before.path("previousRevision").asLong() : revision)
            .setAuthor(author)
            .build();
    return policy.toBuilder().setGuard(guard).build();
  }

  /** The document without its guard, whatever else is in it. */
  static String without(@Nullable String present) {
    return Json.write(rules(guarded(present)));
  }

  /** What the document goes back to; null: to none. */
  static @Nullable String previous(@Nullable String present) {
    String previous = guarded(present).path(FIELD).path("previous").asText();
    return previous.isEmpty() ? null : previous;
  }

  /** The rules of a document, without the guard. */
  static JsonNode rules(JsonNode document) {
    if (!document.has(FIELD)) {
      return document;
    }
    ObjectNode rules = document.deepCopy();
    rules.remove(FIELD);
    return rules;
  }

  private static JsonNode guarded(@Nullable String present) {
    JsonNode document = Json.lenient(present == null ? "{}" : present);
    if (!document.path(FIELD).has("since")) {
      throw ProblemException.notFound("The policy is not on trial; there is no guard to end.");
    }
    return document;
  }

  private static Duration duration(ChangeGuard guard) {
    return guard.hasDuration() ? Duration.ofMillis(Durations.toMillis(guard.getDuration())) : USUAL;
  }
}
