package dev.clearspan.rpc;

import dev.clearspan.rpc.internal.tls.TlsContexts;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@link Tls} settings for a server that is not ours, such as an HTTP server in the
 * same process: read, checked, and read again when they change. Files that cannot be used change
 * nothing, and a log line says why. Thread-safe; the user is called on a thread of its own.
 */
public final class TlsWatch implements AutoCloseable {
  private final TlsContexts<Material> contexts;

  private TlsWatch(TlsContexts<Material> contexts) {
    this.contexts = contexts;
  }

  /**
   * What the files hold, the key being the first certificate's.
   *
   * @param chain the own certificate first; empty without one
   * @param key null without a certificate
   * @param trusted authorities that are believed; empty: the JDK's
   */
  public record Material(
      List<X509Certificate> chain, @Nullable PrivateKey key, List<X509Certificate> trusted) {
    public Material {
      chain = List.copyOf(chain);
      trusted = List.copyOf(trusted);
    }
  }

  /** Takes what the files hold; throws if it cannot use it, and keeps what it had then. */
  @FunctionalInterface
  public interface User {
    void use(Material material) throws IOException, GeneralSecurityException;
  }

  /**
   * Reads the files, gives them to the user, and again whenever they have changed.
   *
   * @throws IllegalArgumentException if they cannot be used now; the message names them
   */
  public static TlsWatch open(Tls settings, User user) {
    return new TlsWatch(
        new TlsContexts<>(
            settings,
            read -> {
              Material material = new Material(read.chain(), read.key(), read.trusted());
              user.use(material);
              return material;
            },
            InstantSource.system()));
  }

  /** What is in use. */
  public Material current() {
    return contexts.current();
  }

  /** Why the files as they are now cannot be used; empty if they can. */
  public String fault() {
    return contexts.fault();
  }

  /** Stops looking at the files. */
  @Override
  public void close() {
    contexts.close();
  }
}
