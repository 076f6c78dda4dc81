package dev.clearspan.console.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.change.Cause;
import dev.clearspan.console.change.ChangeResult;
import dev.clearspan.console.change.RuleWriter;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.registry.RegistryKey.AlertKey;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.web.Json;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear nothing of what, until when; in the registry. Thread-safe. */
public final class Silences {
  static final int MOST = 200;
  static final long SHORTEST_SECONDS = 60;
  static final long LONGEST_SECONDS = 7 * 86_400;

  private static final Logger LOG = LoggerFactory.getLogger(Silences.class);
  private static final String ACTION = "alert.silence";
  private static final Cause EXPIRED = new Cause("console", "expired");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final RuleWriter writer;
  private final RegistryView registry;
  private final Clock clock;

  public Silences(RuleWriter writer, RegistryView registry, Clock clock) {
    this.writer = writer;
    this.registry = registry;
    this.clock = clock;
  }

  /** Those in force, the first to end first. */
  public List<Silence> inForce() {
    Instant now = clock.instant();
    return stored().stream().filter(silence -> silence.until().isAfter(now)).toList();
  }

  private List<Silence> stored() {
    List<Silence> found = new ArrayList<>();
    registry
        .snapshot()
        .alerts()
        .forEach(
            (key, stored) -> {
              if (key.kind() == RegistryKey.AlertKind.SILENCE) {
                Silence silence = read(key.id(), stored);
                if (silence != null) {
                  found.add(silence);
                }
              }
            });
    found.sort(Comparator.comparing(Silence::until).thenComparing(Silence::id));
    return found;
  }

  /** Null for what cannot be used: it mutes nothing. */
  private static @Nullable Silence read(String id, Stored<JsonNode> stored) {
    try {
      SilenceText text = Json.stored(stored.value(), SilenceText.class);
      return new Silence(
          id,
          or(text.rule()),
          or(text.service()),
          Instant.parse(or(text.until())),
          or(text.reason()),
          or(text.author()),
          text.createdAt() == null ? Instant.EPOCH : Instant.parse(text.createdAt()));
    } catch (ProblemException | DateTimeParseException e) {
      LOG.debug("silence {} mutes nothing: {}", id, e.getMessage());
      return null;
    }
  }

  /** Mutes alerts for a while. */
  ChangeResult add(SilenceRequest request, String author) {
    Cause cause = Cause.of(author, request.reason());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Silence silence =
        new Silence(
            HexFormat.of().toHexDigits(RANDOM.nextLong()),
            or(request.rule()),
            or(request.service()),
            now.plusSeconds(seconds(request)),
            cause.reason(),
            author,
            now);
    RuleCheck.requireName("service", silence.service());
    if (stored().size() >= MOST) {
      throw ProblemException.conflict(
          MOST + " silences are in force (expected: fewer). End some first.");
    }
    return writer.write(
        ACTION, silence.service(), key(silence.id()), 0, Json.write(text(silence)), cause);
  }

  private static SilenceText text(Silence silence) {
    return new SilenceText(
        silence.rule(),
        silence.service(),
        silence.until().toString(),
        silence.reason(),
        silence.author(),
        silence.createdAt().toString());
  }

  private static long seconds(SilenceRequest request) {
    Long seconds = request.seconds();
    if (seconds == null || seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
      throw ProblemException.invalid(
          "seconds", seconds + " (expected: " + SHORTEST_SECONDS + " to " + LONGEST_SECONDS + ")");
    }
    return seconds;
  }

  /** The silence of that id. */
  Silence require(String id) {
    return stored().stream()
        .filter(silence -> silence.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("There is no silence '" + id + "'"));
  }

  /** Ends a silence before its time. */
  ChangeResult end(String id, Cause cause) {
    Silence silence = require(id);
    return drop(silence, cause);
  }

  /** Deletes those that are over; several consoles may do it at once, one wins. */
  void dropExpired() {
    Instant now = clock.instant();
    for (Silence silence : stored()) {
      if (!silence.until().isAfter(now) && registry.health().connected()) {
        try {
          drop(silence, EXPIRED);
        } catch (ProblemException e) {
          LOG.info("an expired silence stays for now: {}", e.getMessage());
        }
      }
    }
  }

  private ChangeResult drop(Silence silence, Cause cause) {
    AlertKey key = key(silence.id());
    Stored<JsonNode> stored = registry.snapshot().alerts().get(key);
    long revision = stored == null ? 0 : stored.revision();
    return writer.write(ACTION, silence.service(), key, revision, null, cause);
  }

  private static AlertKey key(String id) {
    return new AlertKey(RegistryKey.AlertKind.SILENCE, id);
  }

  private static String or(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
