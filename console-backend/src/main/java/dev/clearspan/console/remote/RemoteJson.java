package dev.clearspan.console.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Asks one server for JSON, the one that the settings name. Follows no redirect; an answer has a
 * time, a size and a depth that it must keep to, and few are waited for at once. While a {@link
 * RemoteProbe} finds it away none is. Thread-safe.
 */
public final class RemoteJson {
  static final int MAX_DEPTH = 64;

  /** An answer takes several times its size while it is read. */
  private static final int MAX_AT_ONCE = 4;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final RemoteConfig config;
  private final RemoteFault fault;
  private final HttpClient http;
  private volatile RemoteState state = RemoteState.UNKNOWN;
  private final Semaphore free = new Semaphore(MAX_AT_ONCE);

  /**
   * A client of that server; it connects when it is asked something.
   *
   * @throws IllegalArgumentException if the authorities cannot be read
   */
  public RemoteJson(RemoteConfig config) {
    this.config = config;
    this.fault = new RemoteFault(config);
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

  /** What and where it is. */
  public RemoteConfig config() {
    return config;
  }

  /**
   * The answer to a GET.
   *
   * @param path after the configured URL, beginning with a slash; from the program, not from people
   * @param parameters encoded here, whatever they hold
   * @throws RemoteException if there is no answer, or one that cannot be used
   */
  public JsonNode get(String path, Map<String, String> parameters) {
    return answer(send(getting(path, parameters)));
  }

  /**
   * The answer to a GET; empty if the server says, in JSON, that there is no such thing (404).
   *
   * @throws RemoteException as {@link #get}
   */
  public Optional<JsonNode> find(String path) {
    HttpResponse<byte[]> response = send(request(path).build());
    boolean absent = response.statusCode() == 404 && isJson(response);
    return absent ? Optional.empty() : Optional.of(answer(response));
  }

  /**
   * The answer to a POST of a form, for questions too long for a GET.
   *
   * @throws RemoteException as {@link #get}
   */
  public JsonNode post(String path, Map<String, String> parameters) {
    return answer(
        send(
            request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters)))
                .build()));
  }

  /** How it was when a probe last asked it. */
  public RemoteState state() {
    return state;
  }

  /** Asks it, though it may be away; what it says from now on is the state. */
  void probe(String path, Map<String, String> parameters, Instant now) {
    try {
      answer(exchange(getting(path, parameters)));
      state = new RemoteState(true, "", now);
    } catch (RemoteException e) {
      state = new RemoteState(false, String.valueOf(e.getMessage()), now);
    }
  }

  /** An answer that is JSON and of no use; says what was expected instead. */
  public RemoteException unexpected(String what) {
    return fault.unexpected(what);
  }

  private JsonNode answer(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw fault.refused(response);
    }
    if (!isJson(response)) {
      throw fault.notJson(response);
    }
    try {
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw fault.unreadable(e);
    }
  }

  private static boolean isJson(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Content-Type").orElse("").contains("json")
        && response.body().length > 0;
  }

  private HttpRequest getting(String path, Map<String, String> parameters) {
    String query = form(parameters);
    return request(path + (query.isEmpty() ? "" : "?" + query)).build();
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    String base = config.url().toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + pathAndQuery))
            .header("Accept", "application/json")
            .header("User-Agent", "clearspan-console")
            .timeout(config.patience());
    if (config.authorization() != null) {
      request.header("Authorization", config.authorization());
    }
    return request;
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    RemoteState known = state;
    if (!known.up()) {
      throw new RemoteException(known.detail(), null);
    }
    try {
      if (!free.tryAcquire(config.patience().toNanos(), TimeUnit.NANOSECONDS)) {
        throw fault.busy(MAX_AT_ONCE);
      }
    } catch (InterruptedException e) {
      throw fault.interrupted(e);
    }
    try {
      return exchange(request);
    } finally {
      free.release();
    }
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new BoundedBody(config.maxBytes()));
    try {
      return answer.get(config.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // Ends the exchange too: one that drips its body would last for ever.
      answer.cancel(true);
      throw fault.late(e);
    } catch (ExecutionException e) {
      throw fault.failed(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw fault.interrupted(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
