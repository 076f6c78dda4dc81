package dev.clearspan.console.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What exporters must show, if anything.
 *
 * @param secret null: nothing is asked for
 */
record IngestToken(@Nullable String secret) {
  /** Refuses a request with another {@code Authorization}. Takes as long for any wrong one. */
  void check(@Nullable String authorization) throws Refusal {
    if (secret != null) {
      byte[] expected = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
      byte[] found = (authorization == null ? "" : authorization).getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(expected, found)) {
        throw Refusal.unauthorized(
            "No valid token (expected: Authorization: Bearer <CLEARSPAN_INGEST_TOKEN of the console>)");
      }
    }
  }

  /** Without the secret, so that it never reaches a log. */
  @Override
  public String toString() {
    return secret == null ? "none" : "required";
  }
}
