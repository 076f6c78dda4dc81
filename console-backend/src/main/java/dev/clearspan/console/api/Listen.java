package dev.clearspan.console.api;

import dev.clearspan.console.web.TlsPort;
import dev.clearspan.console.web.TrustedProxies;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the API is offered.
 *
 * @param port 0 for any free one
 * @param loopbackOnly whether only this machine can connect
 * @param publicUrl where a proxy offers it; null: nowhere
 * @param proxies who may say for whom it asks
 * @param base where browsers find it, once it listens
 * @param tls the port's own TLS; null: plain HTTP
 */
public record Listen(
    String host,
    int port,
    boolean loopbackOnly,
    @Nullable URI publicUrl,
    TrustedProxies proxies,
    Supplier<URI> base,
    @Nullable TlsPort tls) {
  /** Whether browsers reach the console by https. */
  boolean https() {
    return tls != null || publicByHttps();
  }

  /** Whether browsers may be told never to use http again: of localhost they would tell others. */
  boolean strict() {
    return publicByHttps() || (tls != null && !loopbackOnly);
  }

  /** How requests that do not come through a proxy come. */
  String directScheme() {
    return tls == null ? "http" : "https";
  }

  private boolean publicByHttps() {
    return publicUrl != null && "https".equals(publicUrl.getScheme());
  }
}
