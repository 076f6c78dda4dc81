package dev.clearspan.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks to the public API; JSON may be written with single quotes. Immutable. */
public final class Client {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final URI base;
  private final Map<String, String> headers;

  /**
   * One for a console: the next one may have the port of one that is gone, and no connection of it.
   */
  private final HttpClient http;

  Client(URI base) {
    this(base, Map.of("Content-Type", "application/json"), newHttp());
  }

  private Client(URI base, Map<String, String> headers, HttpClient http) {
    this.base = base;
    this.http = http;
    this.headers = headers;
  }

  /** An answer; {@code body} is missing when it is not JSON. */
  public record Answer(int status, JsonNode body, String text, HttpResponse<String> raw) {
    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    /** The cookie it sets, as a request sends it back. */
    public String cookie() {
      return header("Set-Cookie").replaceFirst(";.*", "");
    }

    public String detail() {
      return body.path("detail").asText();
    }

    public String field() {
      return body.path("field").asText();
    }
  }

  public Client withBearer(String token) {
    return with("Authorization", "Bearer " + token);
  }

  public Client with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Client(base, more, http);
  }

  public Client ifMatch(long revision) {
    return with("If-Match", "\"" + revision + "\"");
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer put(String path, String json) {
    return send("PUT", path, json);
  }

  public Answer post(String path, String json) {
    return send("POST", path, json);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  public Answer send(String method, String path, @Nullable String json) {
    HttpRequest request =
        request(path)
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                json == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(json.replace('\'', '"')))
            .build();
    return exchange(
        () -> {
          HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
          return new Answer(response.statusCode(), json(response), response.body(), response);
        });
  }

  private interface Exchange<T> {
    T run() throws IOException, InterruptedException;
  }

  private static <T> T exchange(Exchange<T> exchange) {
    try {
      return exchange.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
    return json ? MAPPER.readTree(response.body()) : MissingNode.getInstance();
  }

  /** The status of an answer whose text may never end. */
  int statusOf(String path) {
    return exchange(
        () -> {
          HttpResponse<InputStream> response =
              http.send(request(path).build(), BodyHandlers.ofInputStream());
          response.body().close();
          return response.statusCode();
        });
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    headers.forEach(request::header);
    return request;
  }

  static HttpClient newHttp() {
    return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  }
}
