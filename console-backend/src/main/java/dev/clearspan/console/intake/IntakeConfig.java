package dev.clearspan.console.intake;

import dev.clearspan.console.web.TlsSettings;
import dev.clearspan.rpc.Tls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how much the intake takes.
 *
 * @param host address to bind; anything but loopback needs a token
 * @param port TCP port for OTLP over HTTP, 0 for any free one
 * @param grpcPort the one for OTLP over gRPC, 0 for any free one, -1 for none
 * @param token bearer token that exporters must send, null for none
 * @param maxBodyBytes cap of a request body, before and after inflating
 * @param maxInflation how many times larger than its gzip a body may become
 * @param limits what a span may hold
 * @param tls certificate of the port, and what is asked of exporters; null: plain HTTP
 */
public record IntakeConfig(
    String host,
    int port,
    int grpcPort,
    @Nullable String token,
    int maxBodyBytes,
    int maxInflation,
    SpanLimits limits,
    @Nullable Tls tls) {

  /** Loopback, the ports registered for OTLP, 8 MiB a body. */
  public static final IntakeConfig DEFAULT =
      new IntakeConfig("127.0.0.1", 4318, 4317, null, 8 << 20, 100, SpanLimits.DEFAULT, null);

  private static final int SMALLEST_BODY = 64 << 10;
  private static final int LARGEST_BODY = 64 << 20;

  public IntakeConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("OTLP port: " + port + " (expected: 0..65535)");
    }
    if (grpcPort < -1 || grpcPort > 65_535) {
      throw new IllegalArgumentException(
          "CLEARSPAN_OTLP_GRPC_PORT: " + grpcPort + " (expected: 0..65535, or -1 for none)");
    }
    if (maxBodyBytes < SMALLEST_BODY || maxBodyBytes > LARGEST_BODY) {
      throw new IllegalArgumentException(
          "OTLP body limit: "
              + maxBodyBytes
              + " (expected: "
              + SMALLEST_BODY
              + ".."
              + LARGEST_BODY
              + " bytes)");
    }
    if (maxInflation < 1) {
      throw new IllegalArgumentException(
          "OTLP inflation limit: " + maxInflation + " (expected: >= 1)");
    }
    if (token != null && token.isBlank()) {
      throw new IllegalArgumentException(
          "CLEARSPAN_INGEST_TOKEN is blank (expected: a secret, or unset)");
    }
    boolean known = tls != null && tls.clients() == Tls.Clients.REQUIRED;
    if (token == null && !known && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "OTLP intake on "
              + host
              + " is reachable from outside (expected: a loopback address, or "
              + "CLEARSPAN_INGEST_TOKEN or CLEARSPAN_OTLP_TLS_CLIENT_CA set)");
    }
  }

  /**
   * Reads {@code CLEARSPAN_OTLP_HOST}, {@code CLEARSPAN_OTLP_PORT}, {@code
   * CLEARSPAN_OTLP_GRPC_PORT} (by default any free one where the other is), {@code
   * CLEARSPAN_OTLP_MAX_BYTES}, {@code CLEARSPAN_INGEST_TOKEN} and {@code CLEARSPAN_OTLP_TLS_*};
   * what is unset keeps its default.
   *
   * @throws IllegalArgumentException naming the variable, its value and what was expected
   */
  public static IntakeConfig fromEnvironment(Map<String, String> environment) {
    int port = number(environment, "CLEARSPAN_OTLP_PORT", DEFAULT.port);
    return new IntakeConfig(
        environment.getOrDefault("CLEARSPAN_OTLP_HOST", DEFAULT.host),
        port,
        number(environment, "CLEARSPAN_OTLP_GRPC_PORT", port == 0 ? 0 : DEFAULT.grpcPort),
        environment.get("CLEARSPAN_INGEST_TOKEN"),
        number(environment, "CLEARSPAN_OTLP_MAX_BYTES", DEFAULT.maxBodyBytes),
        DEFAULT.maxInflation,
        DEFAULT.limits,
        TlsSettings.from(environment, "CLEARSPAN_OTLP_TLS").orElse(null));
  }

  public IntakeConfig withHost(String newHost) {
    return new IntakeConfig(
        newHost, port, grpcPort, token, maxBodyBytes, maxInflation, limits, tls);
  }

  /** The port for HTTP; with 0, the one for gRPC is any free one, too. */
  public IntakeConfig withPort(int newPort) {
    return new IntakeConfig(
        host, newPort, newPort == 0 ? 0 : grpcPort, token, maxBodyBytes, maxInflation, limits, tls);
  }

  public IntakeConfig withGrpcPort(int newGrpcPort) {
    return new IntakeConfig(
        host, port, newGrpcPort, token, maxBodyBytes, maxInflation, limits, tls);
  }

  public IntakeConfig withToken(String newToken) {
    return new IntakeConfig(
        host, port, grpcPort, newToken, maxBodyBytes, maxInflation, limits, tls);
  }

  public IntakeConfig withMaxBodyBytes(int newMaxBodyBytes) {
    return new IntakeConfig(
        host, port, grpcPort, token, newMaxBodyBytes, maxInflation, limits, tls);
  }

  public IntakeConfig withLimits(SpanLimits newLimits) {
    return new IntakeConfig(
        host, port, grpcPort, token, maxBodyBytes, maxInflation, newLimits, tls);
  }

  public IntakeConfig withTls(@Nullable Tls newTls) {
    return new IntakeConfig(
        host, port, grpcPort, token, maxBodyBytes, maxInflation, limits, newTls);
  }

  private static int number(Map<String, String> environment, String name, int fallback) {
    String text = environment.get(name);
    if (text == null) {
      return fallback;
    }
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": \"" + text + "\" (expected: a number)", e);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "OTLP host: \"" + host + "\" (expected: an address of this machine)", e);
    }
  }

  /** Without the token, so that it never reaches a log. */
  @Override
  public String toString() {
    return host
        + ":"
        + port
        + (token == null ? "" : " (token required)")
        + ", bodies up to "
        + maxBodyBytes
        + " bytes";
  }
}
