package dev.clearspan.etcd;

import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.discovery.RegistryNames;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where etcd is and how to talk to it.
 *
 * @param endpoints client URLs of the members, at least one
 * @param env environment: the part of the key space that is used
 * @param credentials user and password; null without authentication, or where the client
 *     certificate names the user
 * @param tls for {@code https} endpoints
 * @param requestTimeout how long one request may take, connecting included
 */
record EtcdSettings(
    List<URI> endpoints,
    String env,
    @Nullable Credentials credentials,
    Tls tls,
    Duration requestTimeout) {

  static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(2);

  /**
   * The first requests of a process load classes and open connections: seconds on an idle machine,
   * more when many processes start at once.
   */
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(15);

  record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "Credentials[user=" + user + "]";
    }
  }

  EtcdSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException(
          "endpoints: none (expected: at least one, such as http://127.0.0.1:2379)");
    }
    RegistryNames.requireName("env", env);
    if (requestTimeout.isNegative() || requestTimeout.isZero()) {
      throw new IllegalArgumentException("requestTimeout: " + requestTimeout + " (expected: > 0)");
    }
  }

  /** Settings for the endpoints, each of which may hold several separated by commas. */
  static EtcdSettings of(String... endpoints) {
    List<URI> uris =
        Arrays.stream(endpoints)
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(EtcdSettings::endpoint)
            .toList();
    EtcdAccess access = EtcdAccess.fromEnvironment();
    return new EtcdSettings(
        uris, defaultEnv(), access.credentials(), access.tls(), DEFAULT_REQUEST_TIMEOUT);
  }

  /** How long requests may take that are made before etcd has answered any. */
  Duration firstContactTimeout() {
    return requestTimeout.compareTo(FIRST_CONTACT) > 0 ? requestTimeout : FIRST_CONTACT;
  }

  /** These endpoints with everything else as in the other settings. */
  EtcdSettings like(EtcdSettings other) {
    return new EtcdSettings(
        endpoints, other.env, other.credentials, other.tls, other.requestTimeout);
  }

  EtcdSettings withEnv(String value) {
    return new EtcdSettings(endpoints, value, credentials, tls, requestTimeout);
  }

  EtcdSettings withCredentials(String user, String password) {
    return new EtcdSettings(endpoints, env, new Credentials(user, password), tls, requestTimeout);
  }

  EtcdSettings withTls(Tls value) {
    return new EtcdSettings(endpoints, env, credentials, value, requestTimeout);
  }

  EtcdSettings withRequestTimeout(Duration value) {
    return new EtcdSettings(endpoints, env, credentials, tls, value);
  }

  private static URI endpoint(String text) {
    String url = text.contains("://") ? text : "http://" + text;
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw invalidEndpoint(text, e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getPort() <= 0) {
      throw invalidEndpoint(text, null);
    }
    return uri;
  }

  private static IllegalArgumentException invalidEndpoint(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "endpoint: \"" + text + "\" (expected: http://host:port or https://host:port)", cause);
  }

  private static String defaultEnv() {
    String env = System.getProperty("clearspan.env", System.getenv("CLEARSPAN_ENV"));
    return env == null || env.isBlank() ? "dev" : env;
  }
}
