package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a call takes from its HTTP headers: metadata and deadline. */
final class HttpHeadersIn {
  private static final String TIMEOUT = "connect-timeout-ms";
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
  private static final Pattern KEY = Pattern.compile("[0-9a-z_.-]+");
  private static final Set<String> OWN =
      Set.of(
          "accept",
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "origin",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "vary",
          "traceparent",
          "server-timing",
          Criticality.HEADER,
          ConnectExchange.TRACE_ID,
          ConnectExchange.KEEP);

  private HttpHeadersIn() {}

  /** Whether a header has a meaning in HTTP or Connect, so that it is no metadata either way. */
  static boolean isOwn(String key) {
    return OWN.contains(key) || key.startsWith("connect-") || key.startsWith("trailer-connect-");
  }

  /**
   * User's headers as metadata.
   *
   * @throws IllegalArgumentException if they are too many or hold what metadata cannot
   */
  static Metadata metadata(HttpHeaders headers, Limits limits) {
    List<Metadata.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, String> header : headers) {
      String key = header.getKey().toLowerCase(Locale.ROOT);
      if (!isOwn(key) && KEY.matcher(key).matches()) {
        entries.add(new Metadata.Entry(key, header.getValue()));
      }
    }
    if (entries.size() > limits.metadataEntries()) {
      throw new IllegalArgumentException(
          "headers: " + entries.size() + " (expected: <= " + limits.metadataEntries() + ")");
    }
    Metadata metadata = Metadata.of(entries);
    int bytes =
        entries.stream().mapToInt(each -> each.key().length() + each.value().length()).sum();
    if (bytes > limits.metadataBytes()) {
      throw new IllegalArgumentException(
          "headers: " + bytes + " bytes (expected: <= " + limits.metadataBytes() + ")");
    }
    return metadata;
  }

  /**
   * Time the call may take.
   *
   * @throws IllegalArgumentException if Connect-Timeout-Ms is no number
   */
  static Duration timeout(@Nullable String header, MethodSpec<?, ?> method) {
    if (header == null) {
      return method.kind().defaultDeadline();
    }
    if (!DIGITS.matcher(header).matches()) {
      throw new IllegalArgumentException(
          "connect-timeout-ms: " + header + " (expected: 1 to 10 digits)");
    }
    return Duration.ofMillis(Long.parseLong(header));
  }

  /** How much the call matters to its caller. */
  static Criticality criticality(HttpHeaders headers) {
    String label = headers.get(Criticality.HEADER);
    return label == null ? Criticality.CRITICAL : Criticality.labelled(label);
  }

  static @Nullable String timeoutOf(HttpHeaders headers) {
    return headers.get(TIMEOUT);
  }
}
