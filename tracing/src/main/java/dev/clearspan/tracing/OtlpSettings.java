package dev.clearspan.tracing;

import dev.clearspan.tracing.internal.export.OtlpTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where OTLP goes, by the variables of OpenTelemetry's exporter specification: {@code
 * OTEL_EXPORTER_OTLP_*}, and {@code OTEL_EXPORTER_OTLP_TRACES_*}, {@code ..METRICS_*} or {@code
 * ..LOGS_*} for one signal, which win.
 */
final class OtlpSettings {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpSettings.class);
  private static final String PREFIX = "OTEL_EXPORTER_OTLP_";
  private static final String DEFAULT_ENDPOINT = "http://127.0.0.1:4318";
  private static final String PROTOCOL = "http/protobuf";
  private static final double TIMEOUT_MILLIS = 10_000;

  private final EnvironmentVariables variables;
  private final String signal;

  private OtlpSettings(EnvironmentVariables variables, String signal) {
    this.variables = variables;
    this.signal = signal;
  }

  /**
   * Where a signal goes; null: nowhere, because it is turned off or cannot be sent as asked for,
   * which is logged.
   *
   * @param signal {@code traces}, {@code metrics} or {@code logs}
   */
  static @Nullable OtlpTarget of(String signal, EnvironmentVariables variables) {
    OtlpSettings settings = new OtlpSettings(variables, signal);
    return settings.isExported() && settings.isProtocolKnown() ? settings.target() : null;
  }

  private boolean isExported() {
    String upper = signal.toUpperCase(Locale.ROOT);
    String exporter =
        variables.text(
            "CLEARSPAN_" + upper + "_EXPORTER",
            variables.text("OTEL_" + upper + "_EXPORTER", "otlp"));
    return !exporter.equalsIgnoreCase("none")
        && !variables.text("OTEL_SDK_DISABLED", "false").equalsIgnoreCase("true");
  }

  private boolean isProtocolKnown() {
    String protocol = text("PROTOCOL", PROTOCOL);
    if (protocol.equalsIgnoreCase(PROTOCOL)) {
      return true;
    }
    LOG.error(
        "{}PROTOCOL: {} (expected: {}, which collectors take on port 4318); no {} are exported",
        PREFIX,
        protocol,
        PROTOCOL,
        signal);
    return false;
  }

  private @Nullable OtlpTarget target() {
    String endpoint = endpoint();
    Path certificate = certificate();
    if (endpoint == null || (certificate == null && !text("CERTIFICATE", "").isEmpty())) {
      return null;
    }
    return new OtlpTarget(
        endpoint,
        headers(),
        Duration.ofMillis((long) variables.number(name("TIMEOUT"), TIMEOUT_MILLIS, 1, 60_000)),
        compression(),
        certificate);
  }

  /** A signal's own endpoint is taken as it is, with "/" if it has no path. */
  private @Nullable String endpoint() {
    String own = variables.text(signalName("ENDPOINT"), "");
    String base = variables.text(PREFIX + "ENDPOINT", DEFAULT_ENDPOINT);
    String name = own.isEmpty() ? PREFIX + "ENDPOINT" : signalName("ENDPOINT");
    URI uri = parsed(name, own.isEmpty() ? base : own);
    if (uri == null) {
      return null;
    }
    String path = uri.getPath();
    String full = own.isEmpty() ? withSlash(path) + "v1/" + signal : path.isEmpty() ? "/" : path;
    return uri.getScheme() + "://" + uri.getRawAuthority() + full + query(uri);
  }

  private @Nullable URI parsed(String name, String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("{} is no URL", name, e);
    }
    LOG.error(
        "{}: {} (expected: http://host:port or https://host:port, with or without a path); no {}"
            + " are exported",
        name,
        endpoint,
        signal);
    return null;
  }

  /** The console's token, if there is one, is a header like any other. */
  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    String token = variables.text("CLEARSPAN_INGEST_TOKEN", "");
    if (!token.isEmpty()) {
      headers.put("authorization", "Bearer " + token);
    }
    headers.putAll(variables.pairs(name("HEADERS")));
    return headers;
  }

  private OtlpTarget.Compression compression() {
    String text = text("COMPRESSION", "none");
    if (text.equalsIgnoreCase("gzip") || text.equalsIgnoreCase("none")) {
      return OtlpTarget.Compression.valueOf(text.toUpperCase(Locale.ROOT));
    }
    LOG.warn("{}: {} (expected: gzip or none); taking none", name("COMPRESSION"), text);
    return OtlpTarget.Compression.NONE;
  }

  private @Nullable Path certificate() {
    String file = text("CERTIFICATE", "");
    if (file.isEmpty()) {
      return null;
    }
    try {
      Path path = Path.of(file);
      requireCertificates(path);
      return path;
    } catch (IOException | CertificateException | IllegalArgumentException e) {
      LOG.error(
          "{}: {} (expected: a readable file of certificates in PEM): {}; no {} are exported",
          name("CERTIFICATE"),
          file,
          e.toString(),
          signal);
      return null;
    }
  }

  private static void requireCertificates(Path file) throws IOException, CertificateException {
    try (InputStream content = Files.newInputStream(file)) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(content).isEmpty()) {
        throw new CertificateException("no certificate in it");
      }
    }
  }

  private String text(String setting, String fallback) {
    return variables.text(name(setting), fallback);
  }

  /** The signal's own variable if it is set, else the one of all signals. */
  private String name(String setting) {
    String own = signalName(setting);
    return variables.has(own) ? own : PREFIX + setting;
  }

  private String signalName(String setting) {
    return PREFIX + signal.toUpperCase(Locale.ROOT) + "_" + setting;
  }

  private static String withSlash(String path) {
    return path.endsWith("/") ? path : path + "/";
  }

  private static String query(URI uri) {
    return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
  }
}
