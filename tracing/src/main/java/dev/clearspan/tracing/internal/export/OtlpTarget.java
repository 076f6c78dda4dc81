package dev.clearspan.tracing.internal.export;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one signal is sent, and how.
 *
 * @param endpoint full URL
 * @param headers sent with every export
 * @param timeout of one export, retries included
 * @param certificate authorities to trust, in PEM; null: those of the JDK
 */
public record OtlpTarget(
    String endpoint,
    Map<String, String> headers,
    Duration timeout,
    Compression compression,
    @Nullable Path certificate) {

  public OtlpTarget {
    headers = Map.copyOf(headers);
  }

  /** Of the body. */
  public enum Compression {
    GZIP("gzip"),
    NONE("none");

    final String word;

    Compression(String word) {
      this.word = word;
    }
  }
}
