package dev.clearspan.console.remote;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where another server is and how it is asked. Only the console's own settings name it, never a
 * request.
 *
 * @param name what people call it, such as Jaeger
 * @param url its address, with a path before its API if it has one
 * @param token sent as bearer token; null: none
 * @param ca PEM file of the authorities of its certificate; null: those of the JDK
 * @param patience how long one answer may take in all
 * @param maxBytes the longest answer that is read
 */
public record RemoteConfig(
    String name,
    URI url,
    @Nullable String token,
    @Nullable Path ca,
    Duration patience,
    int maxBytes) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 32 << 20;
  private static final int MOST_SECONDS = 120;

  public RemoteConfig {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
      throw new IllegalArgumentException(
          variable(name, "URL") + ": \"" + url + "\" (expected: http://host:port or https://host)");
    }
    if (ca != null && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(
          variable(name, "CA") + " is set (expected: an https URL with it, not " + url + ")");
    }
  }

  /** That server with no token, the JDK's authorities, 10 s and 32 MiB. */
  public static RemoteConfig of(String name, URI url) {
    return new RemoteConfig(name, url, null, null, PATIENCE, MAX_BYTES);
  }

  /**
   * Reads {@code CLEARSPAN_<NAME>_URL}, {@code _TOKEN}, {@code _CA} and {@code _SECONDS}.
   *
   * @throws IllegalArgumentException naming the setting, its value and what was expected
   */
  public static RemoteConfig from(Map<String, String> settings, String name, String example) {
    String url = settings.get(variable(name, "URL"));
    if (url == null) {
      throw new IllegalArgumentException(
          variable(name, "URL")
              + " is not set (expected: where "
              + name
              + " is, as "
              + example
              + ")");
    }
    String ca = settings.get(variable(name, "CA"));
    return new RemoteConfig(
        name,
        uri(name, url.strip()),
        settings.get(variable(name, "TOKEN")),
        ca == null ? null : Path.of(ca),
        seconds(name, settings.get(variable(name, "SECONDS"))),
        MAX_BYTES);
  }

  public RemoteConfig withToken(@Nullable String value) {
    return new RemoteConfig(name, url, value, ca, patience, maxBytes);
  }

  public RemoteConfig withCa(@Nullable Path value) {
    return new RemoteConfig(name, url, token, value, patience, maxBytes);
  }

  public RemoteConfig withBounds(Duration newPatience, int newMaxBytes) {
    return new RemoteConfig(name, url, token, ca, newPatience, newMaxBytes);
  }

  /** The name of one of its settings. */
  String setting(String what) {
    return variable(name, what);
  }

  private static String variable(String name, String what) {
    return "CLEARSPAN_" + name.toUpperCase(Locale.ROOT) + "_" + what;
  }

  private static URI uri(String name, String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          variable(name, "URL") + ": \"" + text + "\" (expected: a URL)", e);
    }
  }

  private static Duration seconds(String name, @Nullable String text) {
    try {
      int seconds = text == null ? (int) PATIENCE.toSeconds() : Integer.parseInt(text.strip());
      if (seconds >= 1 && seconds <= MOST_SECONDS) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw new IllegalArgumentException(
        variable(name, "SECONDS") + ": \"" + text + "\" (expected: 1 to " + MOST_SECONDS + ")");
  }

  /** Without the token, so that it never reaches a log. */
  @Override
  public String toString() {
    return name + " at " + url;
  }
}
