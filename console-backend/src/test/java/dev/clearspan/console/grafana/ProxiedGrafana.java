package dev.clearspan.console.grafana;

import dev.clearspan.console.Client;
import dev.clearspan.console.ConsoleConfig;
import dev.clearspan.console.TestConsole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A console with Grafana's proxy on a free port, and people of each role. */
public final class ProxiedGrafana implements AutoCloseable {
  static final String PASSWORD = "long enough pass";

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  private final TestConsole console;

  private ProxiedGrafana(TestConsole console) {
    this.console = console;
    for (String role : new String[] {"viewer", "operator", "admin"}) {
      user(role + "-person", role);
    }
  }

  public static ProxiedGrafana before(URI upstream) {
    return before(upstream, config -> config);
  }

  static ProxiedGrafana before(URI upstream, UnaryOperator<ConsoleConfig> change) {
    return new ProxiedGrafana(
        TestConsole.start(config -> change.apply(config.withGrafanaPort(0).withGrafana(upstream))));
  }

  void user(String name, String role) {
    Client.Answer created =
        console
            .admin()
            .post(
                "/api/v1/users",
                "{'name':'" + name + "','role':'" + role + "','password':'" + PASSWORD + "'}");
    if (created.status() >= 300) {
      throw new AssertionError(created.text());
    }
  }

  /** The cookie of a new session of that person. */
  public String cookie(String person) {
    return signIn(person).cookie();
  }

  Client.Answer signIn(String person) {
    Client.Answer answer =
        console
            .anonymous()
            .post("/api/v1/session", "{'username':'" + person + "','password':'" + PASSWORD + "'}");
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
    return answer;
  }

  public TestConsole console() {
    return console;
  }

  public int port() {
    return console.console().grafanaPort();
  }

  /** Where browsers find it, without a slash at the end. */
  String origin() {
    return "http://127.0.0.1:" + port();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(30));
  }

  /** A request of a viewer. */
  HttpRequest.Builder signedIn(String path) {
    return request(path).header("Cookie", cookie("viewer-person"));
  }

  HttpResponse<String> get(String path) {
    return send(signedIn(path).header("Accept", "text/html").build());
  }

  static HttpRequest.BodyPublisher text(String body) {
    return BodyPublishers.ofString(body);
  }

  static HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static HttpClient http() {
    return HTTP;
  }

  @Override
  public void close() {
    console.close();
  }
}
