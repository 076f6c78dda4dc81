package dev.clearspan.rpc.internal.http1;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a body is compressed. */
enum ContentCoding {
  IDENTITY,
  GZIP;

  static final String NAMES = "gzip or identity";

  /** The coding of this name, IDENTITY for none, null for one that is not spoken. */
  static @Nullable ContentCoding named(@Nullable String name) {
    if (name == null) {
      return IDENTITY;
    }
    return switch (name.trim().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      default -> null;
    };
  }

  /**
   * What the client wants of the reply: what it accepts, or, if it does not say, what it used
   * itself. Weights are read only so far that one of zero refuses.
   */
  static ContentCoding ofReply(HttpHeaders headers, ContentCoding ofRequest) {
    String accepted = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
    if (accepted == null) {
      return ofRequest;
    }
    for (String each : accepted.split(",", 16)) {
      String[] parts = each.split(";", 2);
      boolean refused = parts.length == 2 && parts[1].trim().matches("q=0(\\.0*)?");
      if (!refused && named(parts[0]) == GZIP) {
        return GZIP;
      }
    }
    return IDENTITY;
  }
}
