package dev.clearspan.etcd;

import dev.clearspan.etcd.EtcdSettings.Credentials;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** One etcd client connected to one member. A link that failed is thrown away, never repaired. */
final class Link {
  private static final int MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

  private final Client client;
  private final URI endpoint;
  private final long openedNanos = System.nanoTime();
  private final Set<Watch.Watcher> watchers = ConcurrentHashMap.newKeySet();

  private Link(Client client, URI endpoint) {
    this.client = client;
    this.endpoint = endpoint;
  }

  /** Opens a link without waiting for the member to answer. Takes seconds in a cold JVM. */
  static Link open(EtcdSettings settings, URI endpoint, ExecutorService callbacks)
      throws SSLException {
    ClientBuilder builder =
        Client.builder()
            .endpoints(endpoint)
            .executorService(callbacks)
            .waitForReady(false)
            .retryMaxAttempts(0)
            .keepaliveWithoutCalls(false)
            .maxInboundMessageSize(MAX_RESPONSE_BYTES);
    if ("https".equals(endpoint.getScheme())) {
      LinkTls.apply(settings.tls(), builder);
    }
    Credentials credentials = settings.credentials();
    if (credentials != null) {
      builder
          .user(Keyspace.bytes(credentials.user()))
          .password(Keyspace.bytes(credentials.password()));
    }
    return new Link(builder.build(), endpoint);
  }

  Client client() {
    return client;
  }

  URI endpoint() {
    return endpoint;
  }

  long ageNanos() {
    return System.nanoTime() - openedNanos;
  }

  Watch.Watcher watch(ByteSequence from, WatchOption option, Watch.Listener listener) {
    Watch.Watcher watcher = client.getWatchClient().watch(from, option, listener);
    watchers.add(watcher);
    return watcher;
  }

  /** Ends one watch, off the calling thread. */
  void endWatch(Watch.Watcher watcher, ExecutorService pool) {
    if (watchers.remove(watcher)) {
      pool.execute(watcher::close);
    }
  }

  /**
   * Ends the link off the calling thread, since closing may wait for the channel. Watches go first:
   * one that sees its channel vanish tries to resume and complains.
   */
  void discard(ExecutorService pool) {
    pool.execute(
        () -> {
          watchers.forEach(Watch.Watcher::close);
          client.close();
        });
  }

  /** A read through the leader: answered only by a member that has a quorum behind it. */
  CompletableFuture<?> probe(Keyspace keys, Duration timeout) {
    return Reads.read(client, keys.absolute(Keyspace.FLEET), GetOption.DEFAULT)
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
