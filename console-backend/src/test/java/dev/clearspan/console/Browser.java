package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A browser of its own, which follows no redirect by itself. */
final class Browser {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final TestConsole console;
  private final HttpClient http;
  String signInCookie = "";
  String sessionCookie = "";

  Browser(TestConsole console) {
    this(console, HTTP);
  }

  /** One with another client, such as one that believes a private authority. */
  Browser(TestConsole console, HttpClient http) {
    this.console = console;
    this.http = http;
  }

  HttpResponse<String> get(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Cookie", signInCookie + "; " + sessionCookie)
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      for (String cookie : answer.headers().allValues("Set-Cookie")) {
        String pair = cookie.replaceFirst(";.*", "");
        if (pair.startsWith("clearspan_sign_in=")) {
          signInCookie = pair;
        } else {
          sessionCookie = pair;
        }
      }
      return answer;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static URI location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.request().uri().resolve(answer.headers().firstValue("Location").orElseThrow());
  }

  /** Leaves for the provider and is sent back: where to. */
  URI toCallback(String to) {
    URI away = location(get(console.console().url().resolve("/api/v1/oidc/sign-in?to=" + to)));
    return location(get(away));
  }

  /** Where it ends up. */
  String end(URI callback) {
    return location(get(callback)).toString().replace(console.console().url().toString(), "");
  }

  String signIn() {
    return end(toCallback("/traces"));
  }

  Client client() {
    Client client = console.anonymous().with("Cookie", sessionCookie);
    String proof = client.get("/api/v1/session").body().path("csrfToken").asText();
    return proof.isEmpty() ? client : client.with("X-CSRF-Token", proof);
  }
}
