package dev.clearspan.examples.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The console's public API. Every method waits for the answer, at most 10 s; an answer other than
 * success is an {@link ApiException}, none at all an {@link UncheckedIOException}. Thread-safe.
 */
public final class ConsoleApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final int ATTEMPTS = 3;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final ObjectMapper json =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private final URI base;
  private final String token;

  /**
   * An API at this address.
   *
   * @param base without path, such as {@code http://127.0.0.1:8080}
   * @param token bearer token of an operator or admin
   */
  public ConsoleApi(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** A path under which a browser that opens it is signed in, once. */
  public URI signInLink(Duration validity) {
    Map<String, Object> request =
        Map.of("role", "admin", "name", "demo", "ttlSeconds", validity.toSeconds());
    JsonNode link = node(send("POST", "/sign-in-links", request, Map.of()));
    return base.resolve(link.path("path").asText());
  }

  public Topology topology() {
    return read(get("/topology?windowSeconds=10"), new TypeReference<>() {});
  }

  /** The policy document with its revision, as JSON: fields {@code policy} and {@code revision}. */
  public JsonNode policy(String service) {
    return node(get("/services/" + service + "/policy"));
  }

  /**
   * Replaces the policy if it still has the revision.
   *
   * @return the new revision
   */
  public long putPolicy(String service, JsonNode policy, long ifRevision, String reason) {
    String path = "/services/" + service + "/policy?reason=" + encoded(reason);
    return revision(send("PUT", path, policy, Map.of("If-Match", "\"" + ifRevision + "\"")));
  }

  /**
   * Overrides the weight of an instance.
   *
   * @return the new revision
   */
  public long putWeight(String service, String instance, int weight, String reason) {
    String path = "/services/" + service + "/instances/" + instance + "/control";
    return set(path, Map.of("weight", weight, "reason", reason));
  }

  /** Lifts what {@link #putWeight} has set. */
  public long liftControl(String service, String instance, String reason) {
    String path = "/services/" + service + "/instances/" + instance + "/control";
    return set(path, Map.of("reason", reason));
  }

  /**
   * Forces the breakers of a caller toward a service; AUTO ends that.
   *
   * @return the new revision
   */
  public long forceBreaker(String caller, String service, String state, String reason) {
    Map<String, String> request = Map.of("caller", caller, "state", state, "reason", reason);
    return set("/services/" + service + "/breakers", request);
  }

  public List<Breaker> breakers() {
    return read(get("/breakers"), new TypeReference<>() {});
  }

  public Acks acks(String service, long revision) {
    return read(
        get("/services/" + service + "/acks?revision=" + revision), new TypeReference<>() {});
  }

  /** The newest failed calls. */
  public List<Failure> failures(int limit) {
    return read(get("/failures?limit=" + limit), new TypeReference<>() {});
  }

  /** A trace; empty when the console does not have it. */
  public Optional<Trace> trace(String traceId) {
    try {
      return Optional.of(read(get("/traces/" + traceId), new TypeReference<>() {}));
    } catch (ApiException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Counts of calls to a service by a caller, by attempts per instance if so grouped. */
  public RedSeries red(String service, String caller, String groupBy, Instant from) {
    Map<String, String> query =
        Map.of("service", service, "caller", caller, "groupBy", groupBy, "from", from.toString());
    String text =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return read(get("/metrics/red?" + text), new TypeReference<>() {});
  }

  /**
   * Sets a value whatever it was before. Such a change may be repeated when the registry did not
   * answer in time and it is not known whether it was made.
   */
  private long set(String path, Object value) {
    for (int attempt = 1; ; attempt++) {
      try {
        return revision(send("PUT", path, value, Map.of()));
      } catch (ApiException e) {
        if (e.status() != UNAVAILABLE || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private String get(String path) {
    return send("GET", path, null, Map.of());
  }

  private String send(
      String method, String path, @Nullable Object body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve("/api/v1" + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json");
    headers.forEach(request::header);
    request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(written(body)));
    HttpResponse<String> response = exchange(request.build());
    if (response.statusCode() / 100 != 2) {
      throw new ApiException(method + " " + path, response.statusCode(), response.body());
    }
    return response.body();
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted: " + request.uri(), e));
    }
  }

  private long revision(String body) {
    return node(body).path("revision").asLong();
  }

  private JsonNode node(String body) {
    return read(body, new TypeReference<>() {});
  }

  private <T> T read(String body, TypeReference<T> type) {
    try {
      return json.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the console's answer is not what it promises: " + body, e);
    }
  }

  private String written(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
