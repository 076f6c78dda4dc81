package dev.clearspan.console.grafana;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Grafana is, and how the console offers it to browsers.
 *
 * @param url where the console reaches Grafana, with the path it is served under; null: there is
 *     none
 * @param port TCP port that offers it, 0 for any free one
 * @param publicUrl where browsers reach that port, when a proxy stands before it; null: at the
 *     console's host
 * @param sharedDirectory where the console leaves what Grafana reads (public keys, a token for
 *     traces); null: nowhere
 * @param silence how long Grafana may say nothing while it is waited for; 1 s to 10 min
 */
public record GrafanaConfig(
    @Nullable URI url,
    int port,
    @Nullable URI publicUrl,
    @Nullable Path sharedDirectory,
    Duration silence) {
  private static final String URL = "CLEARSPAN_GRAFANA_URL";
  private static final String PORT = "CLEARSPAN_GRAFANA_PORT";
  private static final String PUBLIC_URL = "CLEARSPAN_GRAFANA_PUBLIC_URL";
  private static final String SHARED = "CLEARSPAN_GRAFANA_SHARED_DIR";
  private static final String SILENCE = "CLEARSPAN_GRAFANA_SILENCE_SECONDS";
  private static final int MAX_PORT = 65_535;
  private static final int LONGEST_SECONDS = 600;

  /** No Grafana; port 8081 if there is one. */
  public static final GrafanaConfig DEFAULT =
      new GrafanaConfig(null, 8081, null, null, Duration.ofSeconds(60));

  public GrafanaConfig {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          PORT + ": " + port + " (expected: 0 to 65535; 0 takes any free port)");
    }
    if (silence.toMillis() < 1_000 || silence.toSeconds() > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          SILENCE + ": " + silence.toSeconds() + " (expected: 1 to " + LONGEST_SECONDS + ")");
    }
    requireTarget(url);
    requireOrigin(publicUrl);
  }

  /**
   * Reads settings by the names of their environment variables.
   *
   * @throws IllegalArgumentException naming the setting, its value and what was expected
   */
  public static GrafanaConfig fromEnvironment(Map<String, String> settings) {
    String shared = settings.get(SHARED);
    return new GrafanaConfig(
        uri(URL, settings),
        number(PORT, settings, DEFAULT.port, MAX_PORT),
        uri(PUBLIC_URL, settings),
        shared == null ? null : Path.of(shared),
        Duration.ofSeconds(
            number(SILENCE, settings, (int) DEFAULT.silence.toSeconds(), LONGEST_SECONDS)));
  }

  public GrafanaConfig withUrl(@Nullable URI value) {
    return new GrafanaConfig(value, port, publicUrl, sharedDirectory, silence);
  }

  public GrafanaConfig withPort(int value) {
    return new GrafanaConfig(url, value, publicUrl, sharedDirectory, silence);
  }

  public GrafanaConfig withPublicUrl(@Nullable URI value) {
    return new GrafanaConfig(url, port, value, sharedDirectory, silence);
  }

  public GrafanaConfig withSharedDirectory(@Nullable Path value) {
    return new GrafanaConfig(url, port, publicUrl, value, silence);
  }

  public GrafanaConfig withSilence(Duration value) {
    return new GrafanaConfig(url, port, publicUrl, sharedDirectory, value);
  }

  /**
   * Refuses a public address to which browsers would not send the console's cookie.
   *
   * @param console where browsers reach the console; null: directly
   */
  public void requireSameSite(@Nullable URI console) {
    if (publicUrl == null) {
      return;
    }
    if (console == null
        || !publicUrl.getHost().equalsIgnoreCase(console.getHost())
        || !publicUrl.getScheme().equals(console.getScheme())) {
      throw new IllegalArgumentException(
          PUBLIC_URL
              + ": \""
              + publicUrl
              + "\" (expected: scheme and host of CLEARSPAN_PUBLIC_URL, which is "
              + (console == null ? "not set" : console)
              + ", and another port: only then the browser sends the session's cookie)");
    }
  }

  private static int number(String name, Map<String, String> settings, int preset, int most) {
    String text = settings.get(name);
    try {
      return text == null ? preset : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + ": \"" + text + "\" (expected: a number up to " + most + ")", e);
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

  private static boolean isHttp(URI uri) {
    return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null
        && uri.getUserInfo() == null;
  }

  private static void requireTarget(@Nullable URI url) {
    if (url == null) {
      return;
    }
    String path = url.getRawPath();
    boolean plain =
        isHttp(url)
            && url.getRawQuery() == null
            && url.getRawFragment() == null
            && (path == null || Canonical.isPrefix(path));
    if (!plain) {
      throw new IllegalArgumentException(
          URL
              + ": \""
              + url
              + "\" (expected: http://host:port or https://host, with Grafana's sub-path if it is"
              + " served from one)");
    }
  }

  private static void requireOrigin(@Nullable URI url) {
    if (url != null
        && (!isHttp(url) || !(url.getRawPath().isEmpty() || url.getRawPath().equals("/")))) {
      throw new IllegalArgumentException(
          PUBLIC_URL + ": \"" + url + "\" (expected: https://host:port, without a path)");
    }
  }
}
