package dev.clearspan.examples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whether a server says of itself that it is well. */
final class Health {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Health() {}

  static boolean isHealthy(URI server) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/healthz")).timeout(TIMEOUT).build();
    return HTTP.send(request, BodyHandlers.ofString()).statusCode() == 200;
  }
}
