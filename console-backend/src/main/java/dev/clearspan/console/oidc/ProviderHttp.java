package dev.clearspan.console.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the provider, bounded in time and size; no redirect is followed. Only addresses of
 * the provider's own document come here, never one of a request. Thread-safe.
 */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 256 << 10;

  private final @Nullable Path authorities;
  private volatile HttpClient client = client(null);
  private String believed = ""; // the thread's that calls renew

  /**
   * A client that has read nothing yet: call {@link #renew} first.
   *
   * @param authorities PEM file with those believed; null: the JDK's
   */
  ProviderHttp(@Nullable Path authorities) {
    this.authorities = authorities;
  }

  /**
   * Reads the authorities again; if they changed, requests from now on believe the new ones.
   *
   * @throws IOException if the file cannot be used; what was read before holds on
   */
  void renew() throws IOException {
    if (authorities == null) {
      return;
    }
    String found = Authorities.text(authorities);
    if (!found.equals(believed)) {
      client = client(Authorities.trusting(found));
      believed = found;
    }
  }

  private static HttpClient client(@Nullable SSLContext trust) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
    return (trust == null ? builder : builder.sslContext(trust)).build();
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    HttpResponse<InputStream> response =
        exchange(HttpRequest.newBuilder(URI.create(url.toString())).timeout(PATIENCE).build());
    String body = body(response);
    if (response.statusCode() != 200) {
      throw new IOException(url + ": status " + response.statusCode() + " (expected: 200)");
    }
    return new Resource(body, response.headers().firstValue("Content-Type").orElse(null));
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    String form = request.getBody();
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(request.getURI())
            .timeout(PATIENCE)
            .method(
                request.getMethod().name(),
                form == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(form));
    request.getHeaderMap().forEach((name, values) -> values.forEach(it -> sent.header(name, it)));
    HttpResponse<InputStream> response = exchange(sent.build());
    HTTPResponse answer = new HTTPResponse(response.statusCode());
    try {
      answer.setContentType(response.headers().firstValue("Content-Type").orElse(null));
    } catch (ParseException e) {
      throw new IOException("Content-Type of " + request.getURI() + ": " + e.getMessage(), e);
    }
    answer.setBody(body(response));
    return answer;
  }

  private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String body(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(
            response.uri() + ": more than " + MOST_BYTES + " bytes (expected: fewer)");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
