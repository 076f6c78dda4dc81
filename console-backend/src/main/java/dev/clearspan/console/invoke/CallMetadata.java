package dev.clearspan.console.invoke;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.rpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Metadata that people give for a call: bounded, and none that the engine or HTTP speaks by. */
final class CallMetadata {
  private static final int MOST = 32;

  private static final Set<String> RESERVED =
      Set.of(
          "traceparent",
          "tracestate",
          "host",
          "te",
          "connection",
          "content-type",
          "content-length",
          "content-encoding",
          "transfer-encoding",
          "upgrade",
          "keep-alive",
          "proxy-connection",
          "user-agent");

  private static final List<String> RESERVED_BEGINNINGS =
      List.of("grpc-", "clearspan-", "connect-", ":");

  private CallMetadata() {}

  /**
   * The metadata to send.
   *
   * @throws ProblemException 422 naming the key that is wrong; never its value
   */
  static Metadata of(@Nullable Map<String, String> given) {
    if (given == null || given.isEmpty()) {
      return Metadata.EMPTY;
    }
    if (given.size() > MOST) {
      throw ProblemException.invalid(
          "metadata", given.size() + " entries (expected: at most " + MOST + ")");
    }
    List<Metadata.Entry> entries = new ArrayList<>();
    given.forEach((key, value) -> entries.add(entry(key, value)));
    try {
      return Metadata.of(entries);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("metadata", String.valueOf(e.getMessage()));
    }
  }

  private static Metadata.Entry entry(String key, @Nullable String value) {
    String shown = key.length() > 64 ? key.substring(0, 64) + "..." : key;
    String lower = key.toLowerCase(Locale.ROOT);
    if (RESERVED.contains(lower) || RESERVED_BEGINNINGS.stream().anyMatch(lower::startsWith)) {
      throw ProblemException.invalid(
          "metadata." + shown, "reserved (expected: a name of your own, or authorization)");
    }
    if (value == null) {
      throw ProblemException.invalid("metadata." + shown, "null (expected: a text)");
    }
    try {
      return new Metadata.Entry(key, value);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(
          "metadata." + shown,
          "not usable (expected: a key of 0-9 a-z _ . - and a value of printable ASCII, or base64"
              + " where the key ends in -bin)");
    }
  }
}
