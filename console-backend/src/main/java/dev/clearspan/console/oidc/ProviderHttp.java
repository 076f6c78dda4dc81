package dev.clearspan.console.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import dev.clearspan.console.remote.Authorities;
import dev.clearspan.console.remote.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the provider, bounded in time and size; no redirect is followed. Only addresses of
 * the provider's own document come here, never one of a request. Thread-safe.
 */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 256 << 10;

  private final @Nullable Path authorities;
  private volatile @Nullable HttpClient client; // null: whom to believe was not read yet
  private String believed = ""; // the thread's that calls renew

  /**
   * A client that, with authorities of its own, asks nobody before {@link #renew} has read them.
   *
   * @param authorities PEM file with those believed; null: the JDK's
   */
  ProviderHttp(@Nullable Path authorities) {
    this.authorities = authorities;
    this.client = authorities == null ? client(null) : null;
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
    HttpResponse<byte[]> response =
        exchange(HttpRequest.newBuilder(URI.create(url.toString())).build());
    if (response.statusCode() != 200) {
      throw new IOException(url + ": status " + response.statusCode() + " (expected: 200)");
    }
    return new Resource(text(response), response.headers().firstValue("Content-Type").orElse(null));
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    HttpResponse<byte[]> response = exchange(sent(request));
    HTTPResponse answer = new HTTPResponse(response.statusCode());
    try {
      answer.setContentType(response.headers().firstValue("Content-Type").orElse(null));
    } catch (ParseException e) {
      throw new IOException("Content-Type of " + request.getURI() + ": " + e.getMessage(), e);
    }
    answer.setBody(text(response));
    return answer;
  }

  private static HttpRequest sent(ReadOnlyHTTPRequest request) throws IOException {
    String form = request.getBody();
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(request.getURI())
            .method(
                request.getMethod().name(),
                form == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(form));
    try {
      request.getHeaderMap().forEach((name, values) -> values.forEach(it -> sent.header(name, it)));
    } catch (IllegalArgumentException e) {
      // Without the cause: it quotes the value, which is a secret or a token.
      throw new IOException(
          request.getURI() + ": a value cannot be sent in a header (expected: visible ASCII)");
    }
    return sent.build();
  }

  /** The client's own timeout ends with the headers; a body that trickles in must end, too. */
  private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    HttpClient known = client;
    if (known == null) {
      throw new IOException(
          "CLEARSPAN_OIDC_CA: " + authorities + " was not read (expected: a PEM file)");
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        known.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(
          request.uri() + ": no whole answer (expected: one in " + PATIENCE.toSeconds() + " s)", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw explained(request.uri(), e.getCause() == null ? e : e.getCause());
    }
  }

  private IOException explained(URI address, Throwable failure) {
    String why =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    String mend = failure instanceof SSLException ? " (expected: " + believable() + ")" : "";
    return new IOException(address + ": " + why + mend, failure);
  }

  private String believable() {
    return authorities == null
        ? "a certificate for this host from an authority that the JDK believes; for others set"
            + " CLEARSPAN_OIDC_CA to a PEM file"
        : "a certificate for this host from an authority in CLEARSPAN_OIDC_CA, " + authorities;
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
