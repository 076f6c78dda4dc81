package dev.clearspan.console.api;

import dev.clearspan.console.web.TrustedProxies;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the API is offered.
 *
 * @param port 0 for any free one
 * @param loopbackOnly whether only this machine can connect
 * @param publicUrl where a proxy offers it; null: nowhere
 * @param proxies who may say for whom it asks
 */
public record Listen(
    String host, int port, boolean loopbackOnly, @Nullable URI publicUrl, TrustedProxies proxies) {
  boolean https() {
    return publicUrl != null && "https".equals(publicUrl.getScheme());
  }
}
