package dev.clearspan.ctl.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A console, asked through its public API. Not thread-safe. */
public final class Console {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The slowest that the console does is an invocation, which it ends after a minute. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(75);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final URI address;
  private final Credentials credentials;

  public Console(URI address, Credentials credentials) {
    this.address = address;
    this.credentials = credentials;
  }

  public URI address() {
    return address;
  }

  /** What the console answered. */
  public record Answer(JsonNode body, HttpResponse<String> raw) {
    /** The cookie it sets, as a request sends it back; empty: none. */
    public String cookie() {
      return raw.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
    }
  }

  /** The answer's body; missing if it has none. */
  public JsonNode get(Call call) {
    return send(call).body();
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws ConsoleException if there is none, or it is no success
   */
  public Answer send(Call call) {
    HttpResponse<String> response = exchange(call, BodyHandlers.ofString());
    JsonNode body = json(response.body());
    if (response.statusCode() >= 300) {
      throw ConsoleException.of(response.statusCode(), body);
    }
    return new Answer(body, response);
  }

  /**
   * The answer as it came, which need not be JSON.
   *
   * @throws ConsoleException if there is none, or it is no success
   */
  public HttpResponse<String> text(Call call) {
    HttpResponse<String> response = exchange(call, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw ConsoleException.of(response.statusCode(), json(response.body()));
    }
    return response;
  }

  /**
   * Follows a stream of server-sent events until it ends or the thread is interrupted.
   *
   * @param listener is told of each event's name and data
   */
  public void follow(Call call, BiConsumer<String, String> listener) {
    HttpResponse<Stream<String>> response = exchange(call, BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() >= 300) {
        throw ConsoleException.of(response.statusCode(), json(String.join("\n", lines.toList())));
      }
      EventReader reader = new EventReader(listener);
      lines.forEach(reader::line);
    }
  }

  private <T> HttpResponse<T> exchange(Call call, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request(call), handler);
    } catch (IOException e) {
      throw new ConsoleException(
          address
              + ": no answer ("
              + reason(e)
              + "). Is the console running? Say where with --console or CLEARSPAN_CONSOLE.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConsoleException("interrupted");
    }
  }

  private HttpRequest request(Call call) {
    JsonNode body = call.body();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(call.pathAndQuery()))
            .timeout(ANSWER_TIMEOUT)
            .method(
                call.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    Long revision = call.revision();
    if (revision != null) {
      request.header("If-Match", "\"" + revision + "\"");
    }
    credentials.sign(request);
    return request.build();
  }

  private static JsonNode json(String text) {
    try {
      return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ConsoleException(
          "the answer is no JSON (expected: a Clearspan console): " + start(text));
    }
  }

  private static String start(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() > 80 ? line.substring(0, 80) + "..." : line;
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "connection refused" : e.getMessage();
  }
}
