package dev.clearspan.console.grafana;

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
 */
public record ConsoleAddress(
    String host,
    boolean loopbackOnly,
    @Nullable URI publicUrl,
    TrustedProxies proxies,
    IntSupplier port) {

  /** Whether browsers reach the console by https, and so its cookie is Secure. */
  boolean https() {
    return publicUrl != null && "https".equals(publicUrl.getScheme());
  }
}
