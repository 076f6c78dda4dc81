package dev.clearspan.etcd;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.control.RegistryUnavailableException;
import dev.clearspan.rpc.discovery.Subscription;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.options.GetOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The operators' side of the registry on etcd. Thread-safe. Futures complete on threads of a pool,
 * listeners are called on one thread, which they must not block.
 */
public final class EtcdControlStore implements ControlStore {
  private static final int MAX_WRITES = 60;
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

  private final Loop loop;
  private final Connection connection;
  private final Ulid ids = new Ulid(Clock.systemUTC());

  /** Loop-only. */
  private final Set<PrefixFollower> followers = new HashSet<>();

  private final AtomicBoolean closed = new AtomicBoolean();

  private EtcdControlStore(EtcdSettings settings) {
    loop = new Loop("clearspan-control-store");
    connection = new Connection(settings, loop);
    loop.execute(this::probe);
  }

  /**
   * Connects with the default settings of {@link Builder}.
   *
   * @param endpoints client URLs such as {@code http://127.0.0.1:2379}; each text may hold several,
   *     separated by commas
   */
  public static EtcdControlStore connect(String... endpoints) {
    return builder().endpoints(endpoints).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Subscription follow(String prefix, Listener listener) {
    StoreKeys.requirePrefix(prefix);
    requireOpen();
    FollowedPrefix sink = new FollowedPrefix(listener);
    PrefixFollower follower = new PrefixFollower(connection, prefix, sink);
    loop.execute(
        () -> {
          followers.add(follower);
          follower.start();
        });
    return () -> {
      sink.close();
      loop.execute(
          () -> {
            follower.stop();
            followers.remove(follower);
          });
    };
  }

  @Override
  public CompletionStage<@Nullable Entry> read(String key) {
    ByteSequence at = connection.keys().absolute(StoreKeys.require(key));
    return connection
        .call(client -> Reads.read(client, at, GetOption.DEFAULT))
        .handleAsync(
            (response, failure) -> {
              if (failure != null) {
                throw unavailable("read of " + key, failure);
              }
              return Reads.result(response).getKvs().stream()
                  .findFirst()
                  .map(found -> Stored.of(connection.keys(), found).toEntry())
                  .orElse(null);
            },
            connection.pool());
  }

  @Override
  public CompletionStage<CommitResult> commit(List<Write> writes, AuditEntry audit) {
    if (writes.isEmpty() || writes.size() > MAX_WRITES) {
      throw new IllegalArgumentException(
          "writes: " + writes.size() + " (expected: 1 to " + MAX_WRITES + ")");
    }
    CommitTransaction transaction =
        new CommitTransaction(connection.keys(), writes, AuditRows.complete(audit, ids));
    CompletableFuture<TxnResponse> answer =
        connection.call(client -> transaction.submit(client.getKVClient()));
    return answer.handleAsync(
        (response, failure) -> {
          if (failure != null) {
            throw unavailable("change of " + writes.get(0).key(), failure);
          }
          return transaction.result(response);
        },
        connection.pool());
  }

  @Override
  public Health health() {
    return connection.health();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            followers.forEach(PrefixFollower::stop);
            followers.clear();
            connection.close();
            loop.execute(loop::close);
          });
    }
  }

  private void probe() {
    if (!closed.get()) {
      connection.doubt();
      loop.schedule(this::probe, PROBE_INTERVAL);
    }
  }

  private static CompletionException unavailable(String what, Throwable failure) {
    Throwable root = Failures.root(failure);
    RegistryUnavailableException reported =
        root instanceof RegistryUnavailableException known
            ? known
            : new RegistryUnavailableException(what + ": " + Failures.describe(root), root);
    return new CompletionException(reported);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the control store is closed");
    }
  }

  /** Settings of a control store. Not thread-safe. */
  public static final class Builder {
    private EtcdSettings settings = EtcdSettings.of("http://127.0.0.1:2379");

    private Builder() {}

    /**
     * Client URLs of the members, {@code http://host:port} or {@code https://host:port}; each text
     * may hold several, separated by commas. Default {@code http://127.0.0.1:2379}.
     */
    public Builder endpoints(String... endpoints) {
      settings = EtcdSettings.of(endpoints).like(settings);
      return this;
    }

    /**
     * The environment. Default: system property {@code clearspan.env}, else {@code CLEARSPAN_ENV},
     * else {@code dev}.
     */
    public Builder env(String value) {
      settings = settings.withEnv(value);
      return this;
    }

    /**
     * User and password, when etcd's authentication is on. Default: {@code CLEARSPAN_ETCD_USER} and
     * {@code CLEARSPAN_ETCD_PASSWORD}, or the content of the file {@code
     * CLEARSPAN_ETCD_PASSWORD_FILE}.
     */
    public Builder credentials(String user, String password) {
      settings = settings.withCredentials(user, password);
      return this;
    }

    /**
     * Whom {@code https} endpoints are believed and which certificate they are shown; the files are
     * read for every new connection. Of the settings those count that a client has: own, trusted,
     * oldest, authority. Default: {@code CLEARSPAN_ETCD_CA}, {@code CLEARSPAN_ETCD_CERT} and {@code
     * CLEARSPAN_ETCD_KEY}, else the JDK's authorities and no certificate.
     */
    public Builder tls(Tls value) {
      settings = settings.withTls(value);
      return this;
    }

    /** How long one request to etcd may take. Default 2 s. */
    public Builder requestTimeout(Duration value) {
      settings = settings.withRequestTimeout(value);
      return this;
    }

    /** Starts connecting, in the background. */
    public EtcdControlStore build() {
      return new EtcdControlStore(settings);
    }
  }
}
