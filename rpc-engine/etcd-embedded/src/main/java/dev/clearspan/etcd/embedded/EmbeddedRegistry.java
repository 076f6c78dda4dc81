package dev.clearspan.etcd.embedded;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcServerBuilder;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ledger.PlainLedger;
import dev.clearspan.rpc.time.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry for machines without etcd: the etcd v3 API on our own gRPC server, its keys in one
 * file. Any client of etcd works with it, {@code etcdctl} included. Thread-safe.
 *
 * <pre>{@code
 * try (EmbeddedRegistry registry = EmbeddedRegistry.start(RegistrySettings.in(directory))) {
 *   EtcdRegistry.connect(registry.endpoint());
 * }
 * }</pre>
 *
 * <p>What it has acknowledged survives the end of its process, however that comes. The operating
 * system is told to write it to the disk once a second: a power cut may lose the last second.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  /** Requests are refused from 1.5 MiB on; replies may be larger. */
  private static final int MOST_MESSAGE_BYTES = 16 << 20;

  /** On loopback all clients have one address, and after a restart they come at once. */
  private static final int MOST_CONNECTIONS = 10_000;

  /** Each watch of a client may be a call. */
  private static final int MOST_CALLS = 100_000;

  private final RegistryFile file;
  private final DiskSync sync;
  private final RegistryState state;
  private final GroupCommit commits;
  private final RpcServer server;
  private volatile String endpoint = "";

  private EmbeddedRegistry(RegistrySettings settings, RegistryFile file, Ticker ticker) {
    this.file = file;
    state = new RegistryState(file, settings, ticker);
    commits = GroupCommit.start(state, RegistryState.TICK_MILLIS);
    try {
      server = serve(settings);
    } catch (RuntimeException e) {
      commits.close();
      throw e;
    }
    endpoint = endpoint(settings, server.port());
    sync = DiskSync.start(file);
    LOG.info(
        "registry at {}, revision {}, {} keys and {} leases from {}",
        endpoint,
        state.keyspace().revision(),
        state.keyspace().size(),
        state.keyspace().leases().all().size(),
        settings.directory().resolve(RegistryFile.NAME));
  }

  /**
   * Opens the file and listens.
   *
   * @throws RegistryStartException if file or port are in use, or cannot be used; the message says
   *     what helps
   */
  public static EmbeddedRegistry start(RegistrySettings settings) {
    return start(settings, Ticker.SYSTEM);
  }

  static EmbeddedRegistry start(RegistrySettings settings, Ticker ticker) {
    RegistryFile file = RegistryFile.open(settings.directory());
    try {
      return new EmbeddedRegistry(settings, file, ticker);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private RpcServer serve(RegistrySettings settings) {
    RpcServerBuilder builder =
        RpcServer.builder("registry")
            .identity(ProcessIdentity.of("registry"))
            .host(settings.host())
            .port(settings.port())
            .ledger(new PlainLedger())
            .limit(Limit.MESSAGE_BYTES, MOST_MESSAGE_BYTES)
            .limit(Limit.IN_FLIGHT, MOST_CALLS)
            .limit(Limit.CONNECTIONS_PER_ADDRESS, MOST_CONNECTIONS)
            .limit(Limit.NEW_CONNECTIONS_PER_ADDRESS, MOST_CONNECTIONS);
    if (settings.tls() != null) {
      builder.tls(settings.tls());
    }
    for (RpcService each : new EtcdServices(state, commits, this::endpoint).all()) {
      builder.service(each);
    }
    try {
      return builder.start();
    } catch (IllegalStateException e) {
      throw new RegistryStartException(
          "port %d: %s. Probably another registry, or etcd, runs there: use that one, or take"
                  .formatted(settings.port(), e.getMessage())
              + " another port",
          e);
    }
  }

  /** Where clients reach it, as they take it: "http://127.0.0.1:2379". */
  public String endpoint() {
    return endpoint;
  }

  public int port() {
    return server.port();
  }

  /** Waits until it serves no more: closed, or its file cannot be written. */
  public void awaitEnd() throws InterruptedException {
    commits.awaitEnd();
  }

  /** Ends watches, answers what has been asked, and closes the file. */
  @Override
  public void close() {
    commits.afterwards(state.hub()::close);
    server.stop(LAST_ANSWERS);
    commits.close();
    sync.close();
    file.close();
  }

  private static String endpoint(RegistrySettings settings, int port) {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return (settings.tls() == null ? "http://" : "https://") + host + ":" + port;
  }
}
