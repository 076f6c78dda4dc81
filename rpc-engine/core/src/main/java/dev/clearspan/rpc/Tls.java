package dev.clearspan.rpc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted and whom they trust. The same settings can serve a server and the
 * channels of one process. Files are PEM and are read again when they change: new connections then
 * use what is new, open ones go on. Immutable.
 *
 * <pre>{@code
 * Tls mesh = Tls.of(Path.of("tls.crt"), Path.of("tls.key")).trusting(Path.of("ca.crt"));
 * RpcServer.builder("orders").tls(mesh.clients(Tls.Clients.REQUIRED)).service(..).start();
 * RpcChannel.builder("orders").tls(mesh).registry(registry).build();
 * }</pre>
 *
 * @param own certificate and key shown to the peer; a server needs them, a client only for mTLS
 * @param trusted certificates of the authorities believed; null: those of the JDK
 * @param clients what a server wants of its clients
 * @param oldest oldest version spoken
 * @param reload time between two looks at the files, at least 10 ms
 * @param plaintextToo whether a server also takes unencrypted connections on its port
 * @param authority the name a client expects in the server's certificate; null: the host it dials
 */
public record Tls(
    @Nullable KeyFiles own,
    @Nullable Path trusted,
    Clients clients,
    Version oldest,
    Duration reload,
    boolean plaintextToo,
    @Nullable String authority) {

  private static final Duration SHORTEST_RELOAD = Duration.ofMillis(10);

  /** For clients: believes the JDK's authorities and shows no certificate. */
  public static final Tls DEFAULT =
      new Tls(null, null, Clients.NONE, Version.TLS_1_2, Duration.ofSeconds(10), false, null);

  /** A chain of certificates, the own one first, and its private key in PKCS #8. */
  public record KeyFiles(Path certificates, Path key) {
    public KeyFiles {
      Objects.requireNonNull(certificates, "certificates");
      Objects.requireNonNull(key, "key");
    }
  }

  /** Whether clients show a certificate. */
  public enum Clients {
    /** They are not asked. */
    NONE,
    /** They are asked; without one the caller has no identity. */
    OPTIONAL,
    /** Without one that is believed there is no connection. */
    REQUIRED
  }

  /** Protocol versions. */
  public enum Version {
    TLS_1_2,
    TLS_1_3
  }

  public Tls {
    if (reload.compareTo(SHORTEST_RELOAD) < 0) {
      throw new IllegalArgumentException("reload: " + reload + " (expected: >= PT0.01S)");
    }
  }

  /** Shows this certificate. */
  public static Tls of(Path certificates, Path key) {
    return DEFAULT.with(new KeyFiles(certificates, key));
  }

  /** Shows another certificate. */
  public Tls with(KeyFiles files) {
    return new Tls(files, trusted, clients, oldest, reload, plaintextToo, authority);
  }

  /** Believes the authorities in this file, and no others. */
  public Tls trusting(Path authorities) {
    return new Tls(own, authorities, clients, oldest, reload, plaintextToo, authority);
  }

  public Tls clients(Clients value) {
    return new Tls(own, trusted, value, oldest, reload, plaintextToo, authority);
  }

  public Tls oldest(Version value) {
    return new Tls(own, trusted, clients, value, reload, plaintextToo, authority);
  }

  public Tls reload(Duration value) {
    return new Tls(own, trusted, clients, oldest, value, plaintextToo, authority);
  }

  /** Takes unencrypted connections too, for the time in which clients move to TLS. */
  public Tls allowingPlaintext() {
    return new Tls(own, trusted, clients, oldest, reload, true, authority);
  }

  /** Expects this name in the server's certificate, whatever address is dialled. */
  public Tls expecting(String name) {
    return new Tls(own, trusted, clients, oldest, reload, plaintextToo, name);
  }
}
