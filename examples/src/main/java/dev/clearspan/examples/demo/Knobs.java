package dev.clearspan.examples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;

/** Turns the shop's own knobs the way a user does: JSON over HTTP/1.1 to an instance's port. */
final class Knobs {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  void setFailShare(int port, double share) {
    post(port, "/shop.Faults/Set", String.format(Locale.ROOT, "{\"failShare\":%s}", share));
  }

  void setOrdersPerSecond(int port, double rate) {
    post(port, "/shop.Shopper/Set", String.format(Locale.ROOT, "{\"ordersPerSecond\":%s}", rate));
  }

  private void post(int port, String path, String body) {
    URI uri = URI.create(Endpoints.url(port) + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            uri + ": HTTP " + response.statusCode() + ": " + response.body() + " (expected: 200)");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(uri + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + uri, e);
    }
  }
}
