package dev.clearspan.etcd.embedded;

import dev.clearspan.rpc.Tls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link EmbeddedRegistry} runs. Immutable.
 *
 * @param host address to listen on; other than loopback only with clients' certificates required
 * @param port 0 picks a free one
 * @param directory where its file is; made if need be
 * @param tls null: plaintext
 * @param historyChanges changes remembered for watches and older revisions, at least 1
 * @param historyBytes what they may take, at least 1
 * @param quotaBytes what live keys may take, with about 300 bytes for each; then writes are refused
 * @param progressInterval time after which a quiet watch that asked for it hears so
 */
public record RegistrySettings(
    String host,
    int port,
    Path directory,
    @Nullable Tls tls,
    int historyChanges,
    long historyBytes,
    long quotaBytes,
    Duration progressInterval) {

  /** etcd's port. */
  public static final int PORT = 2379;

  private static final int HIGHEST_PORT = 65_535;
  private static final int HISTORY_CHANGES = 100_000;
  private static final long SHARES_OF_HEAP = 4;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range, or others than this machine could
   *     write without showing who they are
   */
  public RegistrySettings {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port: " + port + " (expected: 0 to " + HIGHEST_PORT + ")");
    }
    if (historyChanges < 1 || historyBytes < 1 || quotaBytes < 1) {
      throw new IllegalArgumentException(
          "history, quota: %d changes, %d bytes, %d bytes (expected: each at least 1)"
              .formatted(historyChanges, historyBytes, quotaBytes));
    }
    if (!isLoopback(host) && !knowsItsClients(tls)) {
      throw new IllegalArgumentException(
          "host: "
              + host
              + " (expected: a loopback address, or TLS that requires certificates of clients:"
              + " whoever reaches the registry can rewrite it)");
    }
  }

  /**
   * A registry for this machine at {@link #PORT}: 100,000 changes of history in at most an eighth
   * of the heap, and a quarter of it for live keys.
   */
  public static RegistrySettings in(Path directory) {
    long share = Runtime.getRuntime().maxMemory() / SHARES_OF_HEAP;
    return new RegistrySettings(
        "127.0.0.1",
        PORT,
        directory,
        null,
        HISTORY_CHANGES,
        share / 2,
        share,
        Duration.ofMinutes(10));
  }

  public RegistrySettings withPort(int value) {
    return new RegistrySettings(
        host, value, directory, tls, historyChanges, historyBytes, quotaBytes, progressInterval);
  }

  /** Listens elsewhere, with these certificates; null: plaintext, on loopback only. */
  public RegistrySettings at(String address, @Nullable Tls certificates) {
    return new RegistrySettings(
        address,
        port,
        directory,
        certificates,
        historyChanges,
        historyBytes,
        quotaBytes,
        progressInterval);
  }

  /** Remembers that much. */
  public RegistrySettings withHistory(int changes, long bytes) {
    return new RegistrySettings(
        host, port, directory, tls, changes, bytes, quotaBytes, progressInterval);
  }

  public RegistrySettings withQuota(long bytes) {
    return new RegistrySettings(
        host, port, directory, tls, historyChanges, historyBytes, bytes, progressInterval);
  }

  public RegistrySettings withProgressInterval(Duration value) {
    return new RegistrySettings(
        host, port, directory, tls, historyChanges, historyBytes, quotaBytes, value);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "host: " + host + " (expected: an address of this machine)", e);
    }
  }

  private static boolean knowsItsClients(@Nullable Tls tls) {
    return tls != null && tls.clients() == Tls.Clients.REQUIRED && !tls.plaintextToo();
  }
}
