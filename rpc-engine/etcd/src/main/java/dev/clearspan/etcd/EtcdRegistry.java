package dev.clearspan.etcd;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.control.StatusBoard;
import dev.clearspan.rpc.discovery.InstanceRules;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.RegistryNames;
import dev.clearspan.rpc.discovery.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discovery, rules and status of one process on etcd. Thread-safe; one per process is enough.
 *
 * <p>Nothing here waits for etcd. While it is away, watchers keep what was last known (at the start
 * of a process: what the disk snapshot says) and everything resumes by itself when it is back.
 */
public final class EtcdRegistry implements Registry {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdRegistry.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  /**
   * JSON needs at most 6 bytes for one, and some 300 for the names of the fields. What certainly
   * fits is not printed while a server starts: the first JSON of a JVM loads a library.
   */
  private static final int CERTAINLY_FITS_BYTES = 600;

  private final Loop loop;
  private final Connection connection;
  private final ProcessLease lease;
  private final StatusBoard board;
  private final StatusPublisher statusPublisher;
  private final PushInterval pushInterval;
  private final PrefixFollower fleet;
  private final ServiceFeeds feeds;
  private final DescriptorSets descriptors;
  private final IgnoredValues ignored = new IgnoredValues();
  private final AtomicBoolean closed = new AtomicBoolean();

  private final Set<LeasedInstance> registrations = ConcurrentHashMap.newKeySet();

  private EtcdRegistry(Builder builder) {
    loop = new Loop("clearspan-etcd");
    connection = new Connection(builder.settings, loop);
    lease = new ProcessLease(connection, builder.ttl);
    board = new StatusBoard(builder.identity);
    Acknowledgements acknowledgements = new Acknowledgements();
    board.contribute(acknowledgements::contribute);
    statusPublisher = new StatusPublisher(board, connection, lease);
    pushInterval = new PushInterval(connection);
    fleet =
        new PrefixFollower(
            connection,
            Keyspace.FLEET,
            new FleetSettings(ignored, statusPublisher::interval, pushInterval::set));
    descriptors = new DescriptorSets(connection);
    feeds =
        new ServiceFeeds(
            new FeedContext(
                connection,
                new RegistryValues(builder.allowed, PolicyGate::violation),
                ignored,
                new SnapshotDirectory(
                    builder.snapshots, builder.settings.env(), builder.identity.processId()),
                acknowledgements,
                board));
    lease.onGranted(() -> registrations.forEach(LeasedInstance::reconcile));
    loop.execute(lease::start);
    loop.execute(fleet::start);
    loop.execute(pushInterval::start);
  }

  /**
   * Connects with the default settings of {@link Builder}.
   *
   * @param endpoints client URLs such as {@code http://127.0.0.1:2379}; each text may hold several,
   *     separated by commas
   */
  public static EtcdRegistry connect(String... endpoints) {
    return builder().endpoints(endpoints).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Registration register(Instance instance) {
    InstanceRules.requireValid(instance);
    if (instance.getSerializedSize() > CERTAINLY_FITS_BYTES) {
      requireFits(JsonValues.print(instance).getBytes(StandardCharsets.UTF_8).length);
    }
    requireOpen();
    LeasedInstance registration =
        new LeasedInstance(instance, connection, lease, this::deregistered);
    loop.execute(
        () -> {
          registrations.add(registration);
          feeds.of(instance.getService()).add(registration);
          registration.reconcile();
        });
    return registration;
  }

  private static void requireFits(int jsonBytes) {
    if (jsonBytes > RegistryValues.MAX_INSTANCE_BYTES) {
      throw new IllegalArgumentException(
          "instance: " + jsonBytes + " bytes of JSON (expected: at most 4096; shorten the tags)");
    }
  }

  @Override
  public Subscription watch(String service, Consumer<InstanceSet> listener) {
    RegistryNames.requireName("service", service);
    requireOpen();
    Delivery<InstanceSet> delivery =
        new Delivery<>(
            listener, closing -> release(service, feed -> feed.removeInstances(closing)));
    loop.execute(() -> feeds.of(service).addInstances(delivery));
    return delivery;
  }

  @Override
  public Subscription watchRules(String service, Consumer<ServiceRules> listener) {
    RegistryNames.requireName("service", service);
    requireOpen();
    Delivery<ServiceRules> delivery =
        new Delivery<>(listener, closing -> release(service, feed -> feed.removeRules(closing)));
    loop.execute(() -> feeds.of(service).addRules(delivery));
    return delivery;
  }

  @Override
  public Subscription watchMetricPushInterval(Consumer<Duration> listener) {
    requireOpen();
    return pushInterval.watch(listener);
  }

  @Override
  public StatusBoard status() {
    return board;
  }

  /** The values that are in etcd but not used, at most 1,000 of them. */
  public List<IgnoredValue> ignored() {
    return ignored.list();
  }

  /** How many unusable values were met since the start. */
  public long ignoredTotal() {
    return ignored.total();
  }

  /** Stores it under {@code desc/}, trying until etcd has it. */
  @Override
  public CompletionStage<Void> publishDescriptors(byte[] fileDescriptorSet) {
    requireOpen();
    return descriptors.publish(fileDescriptorSet);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<Void> gone = new CompletableFuture<>();
    loop.execute(() -> leave(gone));
    if (!await(gone)) {
      LOG.warn("etcd has not confirmed the deregistration of this process within 2 s");
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(() -> shutDown(ended));
    if (!await(ended)) {
      LOG.warn("the registry snapshots were not written within 2 s");
    }
    loop.close();
  }

  private void leave(CompletableFuture<Void> gone) {
    statusPublisher.stop();
    CompletableFuture<?>[] ends =
        registrations.stream().map(LeasedInstance::end).toArray(CompletableFuture<?>[]::new);
    var unused =
        CompletableFuture.allOf(ends)
            .whenCompleteAsync((ignoredResult, failure) -> endLease(gone), loop);
  }

  private void endLease(CompletableFuture<Void> gone) {
    var unused = lease.end().whenComplete((ignoredResult, failure) -> gone.complete(null));
  }

  private void shutDown(CompletableFuture<Void> ended) {
    fleet.stop();
    pushInterval.stop();
    CompletableFuture<Void> saved = feeds.stop();
    connection.close();
    var unused = saved.whenComplete((ignoredResult, failure) -> ended.complete(null));
  }

  private static boolean await(CompletableFuture<Void> done) {
    try {
      done.get(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void deregistered(LeasedInstance registration) {
    registrations.remove(registration);
    release(registration.service(), feed -> feed.remove(registration));
  }

  private void release(String service, Consumer<ServiceFeed> removal) {
    loop.execute(() -> feeds.release(service, removal));
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the registry is closed");
    }
  }

  /** Settings of a registry. Not thread-safe. */
  public static final class Builder {
    private static final Duration DEFAULT_TTL = Duration.ofSeconds(15);

    private EtcdSettings settings = EtcdSettings.of("http://127.0.0.1:2379");
    private ProcessIdentity identity = ProcessIdentity.fromEnvironment("unnamed");
    private Duration ttl = DEFAULT_TTL;
    private Path snapshots = SnapshotDirectory.defaultRoot();
    private AddressAllowList allowed = AddressAllowList.ANY;

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

    /** Who this process is. Default {@link ProcessIdentity#fromEnvironment}. */
    public Builder identity(ProcessIdentity value) {
      identity = value;
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

    /** Life of the process' lease without renewal, 2 s to 1 h. Default 15 s. */
    public Builder ttl(Duration value) {
      if (value.toSeconds() < 2 || value.toSeconds() > 3_600) {
        throw new IllegalArgumentException("ttl: " + value + " (expected: 2 s to 1 h)");
      }
      ttl = value;
      return this;
    }

    /**
     * How long one request to etcd may take, at least 15 s before it has answered any. Default 2 s.
     */
    public Builder requestTimeout(Duration value) {
      settings = settings.withRequestTimeout(value);
      return this;
    }

    /**
     * Where snapshots of what was known are kept. Default: system property {@code
     * clearspan.snapshot.dir}, else {@code CLEARSPAN_SNAPSHOT_DIR}, else {@code
     * $XDG_CACHE_HOME/clearspan}, else {@code ~/.cache/clearspan}.
     */
    public Builder snapshotDirectory(Path value) {
      snapshots = value;
      return this;
    }

    /**
     * Networks (CIDR) whose addresses may be dialled; instances elsewhere, and those given by host
     * name, are ignored. Default: everywhere.
     */
    public Builder allowedNetworks(String... cidrs) {
      allowed = AddressAllowList.of(List.of(cidrs));
      return this;
    }

    /** Starts connecting, in the background. */
    public EtcdRegistry build() {
      return new EtcdRegistry(this);
    }
  }
}
