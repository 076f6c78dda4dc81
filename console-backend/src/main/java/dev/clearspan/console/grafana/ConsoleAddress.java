package dev.clearspan.console.grafana;

import dev.clearspan.console.web.TlsPort;
import dev.clearspan.console.web.TrustedProxies;
import java.net.URI;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the console beside the proxy is.
 *
 * @param host address that both bind
 * @param loopbackOnly whether only this machine can connect
 * @param publicUrl where browsers reach the console, when a proxy stands before it; null: directly
 * @param proxies who may say for whom it asks
 * @param port the console's port, asked when it is needed: the proxy starts first
 * @param tls of the console's own port, and so of the proxy's; null: plain HTTP
 */
public record ConsoleAddress(
    String host,
    boolean loopbackOnly,
    @Nullable URI publicUrl,
    TrustedProxies proxies,
    IntSupplier port,
    @Nullable TlsPort tls) {

  /** Whether browsers reach the console by https, and so its cookie is Secure. */
  boolean https() {
    return tls != null || publicUrl != null && "https".equals(publicUrl.getScheme());
  }

  /** How requests that do not come through a proxy come. */
  String directScheme() {
    return tls == null ? "http" : "https";
  }
}
