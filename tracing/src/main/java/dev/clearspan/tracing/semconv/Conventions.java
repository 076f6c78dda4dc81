package dev.clearspan.tracing.semconv;

import dev.clearspan.rpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Arrays;
import java.util.List;

/**
 * The edition of OpenTelemetry's RPC conventions whose names are emitted, where editions differ:
 * what 1.44 calls {@code rpc.response.status_code} is {@code rpc.status_code} since.
 */
public enum Conventions {
  /** The released ones, 1.39 to 1.44. */
  V1_44(TelemetryNames.STATUS_CODE_V1_44),
  /** Those that are to become stable. */
  NEWEST(TelemetryNames.STATUS_CODE),
  /** Both names of everything, for the time of a change. */
  BOTH(TelemetryNames.STATUS_CODE_V1_44, TelemetryNames.STATUS_CODE);

  /** The environment variable of OpenTelemetry that chooses. */
  public static final String SETTING = "OTEL_SEMCONV_STABILITY_OPT_IN";

  private final List<AttributeKey<String>> statusCode;

  @SafeVarargs
  @SuppressWarnings("varargs") // they are copied
  Conventions(AttributeKey<String>... statusCode) {
    this.statusCode = List.of(statusCode);
  }

  /**
   * As the setting says, a comma-separated list in which {@code rpc/dup} wins over {@code rpc};
   * words of other instrumentations are ignored.
   */
  public static Conventions optedIn(String setting) {
    List<String> words = Arrays.stream(setting.split(",", -1)).map(String::strip).toList();
    if (words.contains("rpc/dup")) {
      return BOTH;
    }
    return words.contains("rpc") ? NEWEST : V1_44;
  }

  /** Adds how a call ended. */
  public AttributesBuilder putStatus(AttributesBuilder attributes, Status.Code code) {
    statusCode.forEach(key -> attributes.put(key, code.name()));
    return attributes;
  }
}
