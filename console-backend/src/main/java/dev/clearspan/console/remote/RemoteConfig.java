package dev.clearspan.console.remote;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where another server is and how it is asked. Only the console's own settings name it, never a
 * request.
 *
 * @param name what people call it, such as Jaeger
 * @param url its address, with a path before its API if it has one
 * @param authorization the header that is sent to it; null: none
 * @param ca PEM file of the authorities of its certificate; null: those of the JDK
 * @param patience how long one answer may take in all
 * @param maxBytes the longest answer that is read
 */
public record RemoteConfig(
    String name,
    URI url,
    @Nullable String authorization,
    @Nullable Path ca,
    Duration patience,
    int maxBytes) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 32 << 20;
  private static final int MOST_SECONDS = 120;
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  public RemoteConfig {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
      throw new IllegalArgumentException(
          variable(name, "URL")
              + ": \""
              + withoutUser(url.toString())
              + "\" (expected: http://host:port or https://host, without user and query)");
    }
    if (ca != null && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(
          variable(name, "CA") + " is set (expected: an https URL with it, not " + url + ")");
    }
  }

  /** That server with no credentials, the JDK's authorities, 10 s and 32 MiB. */
  public static RemoteConfig of(String name, URI url) {
    return new RemoteConfig(name, url, null, null, PATIENCE, MAX_BYTES);
  }

  /**
   * Reads {@code CLEARSPAN_<NAME>_URL}, {@code _TOKEN}, {@code _USER}, {@code _PASSWORD}, {@code
   * _CA} and {@code _SECONDS}; empty if there is no URL.
   *
   * @throws IllegalArgumentException naming the setting, its value and what was expected
   */
  public static Optional<RemoteConfig> from(Map<String, String> settings, String name) {
    String url = settings.get(variable(name, "URL"));
    if (url == null) {
      return Optional.empty();
    }
    String ca = settings.get(variable(name, "CA"));
    return Optional.of(
        new RemoteConfig(
            name,
            uri(name, url.strip()),
            authorization(settings, name),
            ca == null ? null : Path.of(ca),
            seconds(name, settings.get(variable(name, "SECONDS"))),
            MAX_BYTES));
  }

  public RemoteConfig withAuthorization(@Nullable String value) {
    return new RemoteConfig(name, url, value, ca, patience, maxBytes);
  }

  public RemoteConfig withCa(@Nullable Path value) {
    return new RemoteConfig(name, url, authorization, value, patience, maxBytes);
  }

  public RemoteConfig withBounds(Duration newPatience, int newMaxBytes) {
    return new RemoteConfig(name, url, authorization, ca, newPatience, newMaxBytes);
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
          variable(name, "URL") + ": \"" + withoutUser(text) + "\" (expected: a URL)", e);
    }
  }

  /** A password in a URL is refused, and not repeated. */
  private static String withoutUser(String url) {
    return url.replaceFirst("//[^/@]*@", "//...@");
  }

  private static @Nullable String authorization(Map<String, String> settings, String name) {
    String token = settings.get(variable(name, "TOKEN"));
    String user = settings.get(variable(name, "USER"));
    String password = settings.get(variable(name, "PASSWORD"));
    if (token != null && (user != null || password != null)) {
      throw new IllegalArgumentException(
          variable(name, "TOKEN") + " is set with a user or password (expected: one or the other)");
    }
    if (token != null && !TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException(
          variable(name, "TOKEN")
              + ": what it holds is no token (expected: printable ASCII without blanks)");
    }
    if (token != null) {
      return "Bearer " + token;
    }
    if ((user == null) != (password == null) || user != null && user.contains(":")) {
      throw new IllegalArgumentException(
          variable(name, "USER")
              + " and "
              + variable(name, "PASSWORD")
              + " (expected: both, the user without a colon)");
    }
    return user == null ? null : "Basic " + base64(user + ":" + password);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
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

  /** Without the credentials, so that they never reach a log. */
  @Override
  public String toString() {
    return name + " at " + url;
  }
}
