package dev.clearspan.etcd;

import dev.clearspan.etcd.EtcdSettings.Credentials;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.options.GetOption;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** One etcd client connected to one member. A link that failed is thrown away, never repaired. */
record Link(Client client, URI endpoint, long openedNanos) {
  private static final int MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

  /** Opens a link without waiting for the member to answer. Takes seconds in a cold JVM. */
  static Link open(EtcdSettings settings, URI endpoint, ExecutorService callbacks)
      throws SSLException {
    ClientBuilder builder =
        Client.builder()
            .endpoints(endpoint)
            .executorService(callbacks)
            .waitForReady(false)
            .retryMaxAttempts(1)
            .keepaliveWithoutCalls(false)
            .maxInboundMessageSize(MAX_RESPONSE_BYTES);
    if ("https".equals(endpoint.getScheme())) {
      builder.sslContext(tls -> {});
    }
    Credentials credentials = settings.credentials();
    if (credentials != null) {
      builder
          .user(Keyspace.bytes(credentials.user()))
          .password(Keyspace.bytes(credentials.password()));
    }
    return new Link(builder.build(), endpoint, System.nanoTime());
  }

  /** Ends the link off the calling thread, since closing may wait for the channel. */
  void discard(ExecutorService pool) {
    pool.execute(client::close);
  }

  /** A read through the leader: answered only by a member that has a quorum behind it. */
  CompletableFuture<?> probe(Keyspace keys, Duration timeout) {
    return client
        .getKVClient()
        .get(keys.absolute(Keyspace.FLEET), GetOption.builder().withCountOnly(true).build())
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
