package dev.clearspan.console;

import dev.clearspan.console.grafana.GrafanaConfig;
import dev.clearspan.console.intake.IntakeConfig;
import dev.clearspan.console.trace.TraceStoreConfig;
import dev.clearspan.console.web.TrustedProxies;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a console runs.
 *
 * @param host address to bind
 * @param port TCP port, 0 for any free one
 * @param registry etcd's client URLs, separated by commas
 * @param env the environment it watches
 * @param dataDirectory holds users and traces; made if missing
 * @param adminToken a bearer token with the admin role; null: none
 * @param grafana what the metrics pages embed
 * @param publicUrl where browsers reach the console, when a proxy stands before it; null: directly
 * @param trustedProxies addresses of proxies whose {@code X-Forwarded-For} counts; CIDR blocks, too
 */
public record ConsoleConfig(
    String host,
    int port,
    String registry,
    String env,
    Path dataDirectory,
    @Nullable String adminToken,
    GrafanaConfig grafana,
    @Nullable URI publicUrl,
    List<String> trustedProxies,
    IntakeConfig intake,
    TraceStoreConfig traces,
    SecurityConfig security) {

  private static final Path DEFAULT_DIRECTORY = Path.of(".clearspan", "console");
  private static final Pattern ENV = Pattern.compile("[a-z0-9._-]{1,63}");
  private static final int SHORTEST_TOKEN = 16;

  /** Loopback, port 8080, an etcd on this machine, environment "dev". */
  public static final ConsoleConfig DEFAULT =
      new ConsoleConfig(
          "127.0.0.1",
          8080,
          "http://127.0.0.1:2379",
          "dev",
          DEFAULT_DIRECTORY,
          null,
          GrafanaConfig.DEFAULT,
          null,
          List.of(),
          IntakeConfig.DEFAULT,
          TraceStoreConfig.in(DEFAULT_DIRECTORY),
          SecurityConfig.DEFAULT);

  public ConsoleConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "CLEARSPAN_CONSOLE_PORT: " + port + " (expected: 0 to 65535; 0 takes any free port)");
    }
    if (!ENV.matcher(env).matches()) {
      throw new IllegalArgumentException(
          "CLEARSPAN_ENV: \"" + env + "\" (expected: 1 to 63 of a-z 0-9 . _ -)");
    }
    if (adminToken != null && adminToken.length() < SHORTEST_TOKEN) {
      throw new IllegalArgumentException(
          "CLEARSPAN_ADMIN_TOKEN has "
              + adminToken.length()
              + " characters (expected: at least "
              + SHORTEST_TOKEN
              + " random ones, as from: openssl rand -hex 24)");
    }
    requireHttp("CLEARSPAN_PUBLIC_URL", publicUrl);
    if (security.tls() != null && publicUrl != null && !"https".equals(publicUrl.getScheme())) {
      throw new IllegalArgumentException(
          "CLEARSPAN_PUBLIC_URL: \""
              + publicUrl
              + "\" (expected: https, as CLEARSPAN_TLS_CERT is set)");
    }
    grafana.requireSameSite(publicUrl);
    trustedProxies = List.copyOf(trustedProxies);
    TrustedProxies.of(trustedProxies);
  }

  /**
   * Reads settings by the names of their environment variables; what is unset keeps its default.
   *
   * @throws IllegalArgumentException naming the setting, its value and what was expected
   */
  public static ConsoleConfig from(Map<String, String> settings) {
    Path directory =
        Path.of(settings.getOrDefault("CLEARSPAN_DATA_DIR", DEFAULT_DIRECTORY.toString()));
    return new ConsoleConfig(
        settings.getOrDefault("CLEARSPAN_CONSOLE_HOST", DEFAULT.host),
        port(settings.get("CLEARSPAN_CONSOLE_PORT")),
        settings.getOrDefault("CLEARSPAN_REGISTRY", DEFAULT.registry),
        settings.getOrDefault("CLEARSPAN_ENV", DEFAULT.env),
        directory,
        settings.get("CLEARSPAN_ADMIN_TOKEN"),
        GrafanaConfig.fromEnvironment(settings),
        uri("CLEARSPAN_PUBLIC_URL", settings),
        list(settings.get("CLEARSPAN_TRUSTED_PROXIES")),
        IntakeConfig.fromEnvironment(settings),
        TraceStoreConfig.fromEnvironment(directory, settings),
        SecurityConfig.from(settings));
  }

  public ConsoleConfig withPort(int value) {
    return new ConsoleConfig(
        host,
        value,
        registry,
        env,
        dataDirectory,
        adminToken,
        grafana,
        publicUrl,
        trustedProxies,
        intake,
        traces,
        security);
  }

  public ConsoleConfig withRegistry(String value) {
    return new ConsoleConfig(
        host,
        port,
        value,
        env,
        dataDirectory,
        adminToken,
        grafana,
        publicUrl,
        trustedProxies,
        intake,
        traces,
        security);
  }

  public ConsoleConfig withEnv(String value) {
    return new ConsoleConfig(
        host,
        port,
        registry,
        value,
        dataDirectory,
        adminToken,
        grafana,
        publicUrl,
        trustedProxies,
        intake,
        traces,
        security);
  }

  /** Users and traces in this directory. */
  public ConsoleConfig withDataDirectory(Path value) {
    return new ConsoleConfig(
        host,
        port,
        registry,
        env,
        value,
        adminToken,
        grafana,
        publicUrl,
        trustedProxies,
        intake,
        TraceStoreConfig.in(value),
        security);
  }

  public ConsoleConfig withAdminToken(@Nullable String value) {
    return new ConsoleConfig(
        host,
        port,
        registry,
        env,
        dataDirectory,
        value,
        grafana,
        publicUrl,
        trustedProxies,
        intake,
        traces,
        security);
  }

  /** Embeds the Grafana at this URL; null: native charts only. */
  public ConsoleConfig withGrafana(@Nullable URI value) {
    return withGrafanaProxy(grafana.withUrl(value));
  }

  /** Offers Grafana on this port; 0: any free one. */
  public ConsoleConfig withGrafanaPort(int value) {
    return withGrafanaProxy(grafana.withPort(value));
  }

  /** Where Grafana is and how it is offered; after the public URL, on which it depends. */
  public ConsoleConfig withGrafanaProxy(GrafanaConfig value) {
    return new ConsoleConfig(
        host,
        port,
        registry,
        env,
        dataDirectory,
        adminToken,
        value,
        publicUrl,
        trustedProxies,
        intake,
        traces,
        security);
  }

  /** Proxies whose word on the caller's address counts. */
  public ConsoleConfig withTrustedProxies(List<String> value) {
    return new ConsoleConfig(
        host,
        port,
        registry,
        env,
        dataDirectory,
        adminToken,
        grafana,
        publicUrl,
        value,
        intake,
        traces,
        security);
  }

  public ConsoleConfig withPublicUrl(@Nullable URI value) {
    return new ConsoleConfig(
        host,
        port,
        registry,
        env,
        dataDirectory,
        adminToken,
        grafana,
        value,
        trustedProxies,
        intake,
        traces,
        security);
  }

  public ConsoleConfig withIntake(IntakeConfig value) {
    return new ConsoleConfig(
        host,
        port,
        registry,
        env,
        dataDirectory,
        adminToken,
        grafana,
        publicUrl,
        trustedProxies,
        value,
        traces,
        security);
  }

  /** With this protection. */
  public ConsoleConfig withSecurity(SecurityConfig value) {
    return new ConsoleConfig(
        host,
        port,
        registry,
        env,
        dataDirectory,
        adminToken,
        grafana,
        publicUrl,
        trustedProxies,
        intake,
        traces,
        value);
  }

  /** Whether only this machine can connect. */
  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "CLEARSPAN_CONSOLE_HOST: \"" + host + "\" (expected: an address of this machine)", e);
    }
  }

  private static List<String> list(@Nullable String text) {
    return text == null ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
  }

  private static int port(@Nullable String text) {
    if (text == null) {
      return DEFAULT.port;
    }
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "CLEARSPAN_CONSOLE_PORT: \"" + text + "\" (expected: 0 to 65535)", e);
    }
  }

  private static @Nullable URI uri(String name, Map<String, String> settings) {
    String text = settings.get(name);
    try {
      return text == null ? null : URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": \"" + text + "\" (expected: a URL)", e);
    }
  }

  private static void requireHttp(String name, @Nullable URI uri) {
    if (uri == null) {
      return;
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          name + ": \"" + uri + "\" (expected: http://host:port or https://host)");
    }
  }

  /** Without the token, so that it never reaches a log. */
  @Override
  public String toString() {
    return "console on "
        + host
        + ":"
        + port
        + ", env "
        + env
        + ", registry "
        + registry
        + ", data in "
        + dataDirectory;
  }
}
