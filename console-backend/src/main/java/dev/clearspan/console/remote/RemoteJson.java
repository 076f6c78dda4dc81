package dev.clearspan.console.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Asks one server for JSON, the one that the settings name. Follows no redirect; an answer has a
 * time, a size and a depth that it must keep to. Thread-safe.
 */
public final class RemoteJson {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_SAID = 200;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private final RemoteConfig config;
  private final HttpClient http;

  /**
   * A client of that server; it connects when it is asked something.
   *
   * @throws IllegalArgumentException if the authorities cannot be read
   */
  public RemoteJson(RemoteConfig config) {
    this.config = config;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.patience())
            .followRedirects(HttpClient.Redirect.NEVER);
    if (config.ca() != null) {
      builder.sslContext(Authorities.of(config.setting("CA"), config.ca()));
    }
    this.http = builder.build();
  }

  /** What and where it is, for people. */
  public String description() {
    return config.toString();
  }

  /**
   * The answer to a GET; empty if there is no such thing (404).
   *
   * @param path after the configured URL, beginning with a slash; from the program, not from people
   * @param parameters encoded here, whatever they hold
   * @throws RemoteException if there is no answer, or one that cannot be used
   */
  public Optional<JsonNode> get(String path, Map<String, String> parameters) {
    HttpResponse<byte[]> answer = send(request(path, parameters));
    int status = answer.statusCode();
    if (status == 404) {
      return Optional.empty();
    }
    if (status != 200) {
      throw new RemoteException(refusal(status, answer), null);
    }
    try {
      return Optional.of(MAPPER.readTree(answer.body()));
    } catch (IOException e) {
      throw new RemoteException(
          config
              + " answered what is not JSON, or deeper than "
              + MAX_DEPTH
              + " levels (expected: its query API). "
              + check(),
          e);
    }
  }

  private HttpRequest request(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    String base = config.url().toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path + (query.isEmpty() ? "" : "?" + query)))
            .header("Accept", "application/json")
            .header("User-Agent", "clearspan-console")
            .timeout(config.patience());
    if (config.token() != null) {
      request.header("Authorization", "Bearer " + config.token());
    }
    return request.build();
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new BoundedBody(config.maxBytes()));
    try {
      return answer.get(config.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // Ends the exchange too: one that drips its body would last for ever.
      answer.cancel(true);
      throw new RemoteException(noAnswerInTime(), e);
    } catch (ExecutionException e) {
      throw new RemoteException(failure(e.getCause() == null ? e : e.getCause()), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new RemoteException(config + " was not waited for: the console stops", e);
    }
  }

  private String failure(Throwable cause) {
    if (cause instanceof BoundedBody.TooLong || cause.getCause() instanceof BoundedBody.TooLong) {
      return config
          + " answered more than "
          + (config.maxBytes() >> 10)
          + " KiB (expected: less). Ask for less: fewer traces, a shorter time, one service.";
    }
    if (cause instanceof java.net.http.HttpTimeoutException) {
      return noAnswerInTime();
    }
    if (cause instanceof ConnectException) {
      return config + " cannot be reached. Is it running? " + check();
    }
    String said = cause.getMessage() == null ? "" : ": " + brief(cause.getMessage());
    return config + " gave no answer: " + cause.getClass().getSimpleName() + said + ". " + check();
  }

  private String noAnswerInTime() {
    return config
        + " gave no answer within "
        + config.patience().toMillis()
        + " ms. Ask for less, or set "
        + config.setting("SECONDS")
        + " higher.";
  }

  private String refusal(int status, HttpResponse<byte[]> answer) {
    if (status == 401 || status == 403) {
      return config + " refuses us (" + status + "). Check " + config.setting("TOKEN") + ".";
    }
    if (status >= 300 && status < 400) {
      return config
          + " redirects elsewhere ("
          + status
          + "), which is not followed. Set "
          + config.setting("URL")
          + " to the final address.";
    }
    String said = brief(new String(answer.body(), StandardCharsets.UTF_8));
    return config + " answered " + status + (said.isEmpty() ? "." : ": " + said);
  }

  private String check() {
    return "Check " + config.setting("URL") + ".";
  }

  private static String brief(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_SAID ? line : line.substring(0, MAX_SAID) + "...";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
