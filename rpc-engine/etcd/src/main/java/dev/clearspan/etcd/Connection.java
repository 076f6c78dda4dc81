package dev.clearspan.etcd;

import dev.clearspan.rpc.control.ControlStore.Health;
import dev.clearspan.rpc.control.RegistryUnavailableException;
import dev.clearspan.rpc.discovery.Subscription;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Response;
import io.etcd.jetcd.options.GetOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to etcd. Holds one {@link Link} at a time, to the member that answered first. A link that
 * does not answer is dropped and all members are raced again, with backoff, for ever; listeners
 * hear of both. Every request has a timeout of our own, because the etcd client has none.
 *
 * <p>{@link #call}, {@link #health} and {@link #close} are thread-safe; the rest is loop-only.
 */
final class Connection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final Duration SHORT_LIVED = Duration.ofSeconds(5);

  /** Hears of the link's changes, on the loop. */
  interface Listener {
    void up();

    void down();
  }

  private final EtcdSettings settings;
  private final Loop loop;
  private final ExecutorService pool;
  private final Keyspace keys;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));

  private @Nullable Link link;
  private @Nullable Race race;
  private CompletableFuture<Link> nextLink = new CompletableFuture<>();
  private boolean closed;

  private volatile boolean answered;
  private volatile boolean connected;
  private volatile long revision;
  private volatile long heardNanos = System.nanoTime();
  private volatile long downSinceNanos = System.nanoTime();
  private volatile String detail = "not connected yet";
  private volatile boolean away;

  Connection(EtcdSettings settings, Loop loop) {
    this.settings = settings;
    this.loop = loop;
    keys = new Keyspace(settings.env());
    pool = daemonPool();
    TransportNoise.silence();
    loop.execute(this::startRace);
  }

  Keyspace keys() {
    return keys;
  }

  Loop loop() {
    return loop;
  }

  /** Runs blocking work beside the loop. */
  ExecutorService pool() {
    return pool;
  }

  Duration requestTimeout() {
    return settings.requestTimeout();
  }

  Subscription listen(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Nullable Link link() {
    assert loop.inLoop();
    return link;
  }

  /**
   * Performs a request as soon as there is a link. The future completes on a thread of the pool, at
   * the latest after the request timeout (before etcd has answered any: after that of the first
   * contact); while an outage has lasted longer than that, at once.
   */
  <T> CompletableFuture<T> call(Function<Client, CompletableFuture<T>> request) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(() -> begin(request, result));
    Duration patience = away ? settings.requestTimeout() : probePatience();
    return result.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Performs a request like {@link #call(Function)} and calls the handler on the loop. */
  <T> void call(
      Function<Client, CompletableFuture<T>> request, BiConsumer<T, @Nullable Throwable> handler) {
    var unused =
        call(request)
            .whenComplete((value, failure) -> loop.execute(() -> handler.accept(value, failure)));
  }

  /** Makes sure soon whether the member still answers. */
  void doubt() {
    var unused =
        call(client -> Reads.read(client, keys.absolute(Keyspace.FLEET), GetOption.DEFAULT));
  }

  /** Tells that the member was heard at a revision. */
  void heard(long atRevision) {
    heardNanos = System.nanoTime();
    revision = Math.max(revision, atRevision);
  }

  Health health() {
    long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardNanos);
    return new Health(connected, revision, age, connected ? "" : detail);
  }

  @Override
  public void close() {
    loop.execute(
        () -> {
          closed = true;
          if (race != null) {
            race.abandon();
          }
          if (link != null) {
            link.discard(pool);
            link = null;
          }
          connected = false;
          detail = "closed";
          nextLink.completeExceptionally(unavailable());
          pool.shutdown();
        });
  }

  private <T> void begin(
      Function<Client, CompletableFuture<T>> request, CompletableFuture<T> result) {
    if (link != null) {
      perform(link, request, result);
    } else if (closed || (away && outageNanos() > settings.requestTimeout().toNanos())) {
      result.completeExceptionally(unavailable());
    } else {
      var unused =
          nextLink.whenComplete(
              (opened, failure) -> {
                if (failure == null) {
                  perform(opened, request, result);
                } else {
                  result.completeExceptionally(failure);
                }
              });
    }
  }

  private <T> void perform(
      Link used, Function<Client, CompletableFuture<T>> request, CompletableFuture<T> result) {
    if (result.isDone()) {
      return;
    }
    long started = System.nanoTime();
    CompletableFuture<T> answer;
    try {
      answer = request.apply(used.client());
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    forward(answer, result);
    var unused =
        result.whenComplete(
            (value, failure) -> loop.execute(() -> observe(used, started, value, failure)));
  }

  private static <T> void forward(CompletableFuture<T> from, CompletableFuture<T> to) {
    var unused =
        from.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                to.complete(value);
              } else {
                to.completeExceptionally(Failures.root(failure));
              }
            });
  }

  private void observe(
      Link used, long startedNanos, @Nullable Object value, @Nullable Throwable failure) {
    if (failure == null || !Failures.isDisconnect(failure)) {
      answered = true;
      heard(value instanceof Response response ? response.getHeader().getRevision() : 0);
      return;
    }
    boolean othersAnswered = heardNanos - startedNanos > 0;
    if (used.equals(link) && !(Failures.isTimeout(failure) && othersAnswered)) {
      drop(used, failure);
    }
  }

  private void drop(Link failed, Throwable cause) {
    link = null;
    connected = false;
    detail = failed.endpoint() + ": " + Failures.describe(cause);
    downSinceNanos = System.nanoTime();
    nextLink = new CompletableFuture<>();
    failed.discard(pool);
    listeners.forEach(Listener::down);
    if (failed.ageNanos() > SHORT_LIVED.toNanos()) {
      backoff.reset();
      startRace();
    } else {
      loop.schedule(this::startRace, backoff.nextNanos());
    }
  }

  private void startRace() {
    if (!closed) {
      race = new Race(settings, probePatience(), loop, pool, this::adopt, this::raceLost);
      race.start();
    }
  }

  private void adopt(Link winner) {
    if (away) {
      LOG.info(
          "etcd is back after {} ms: {}",
          TimeUnit.NANOSECONDS.toMillis(outageNanos()),
          winner.endpoint());
      away = false;
    }
    link = winner;
    answered = true;
    connected = true;
    heard(0);
    nextLink.complete(winner);
    listeners.forEach(Listener::up);
  }

  private void raceLost(Throwable cause) {
    detail = settings.endpoints() + ": " + Failures.describe(cause);
    if (!away) {
      away = true;
      LOG.warn("etcd does not answer ({}); working from what was last known and trying on", detail);
    }
    loop.schedule(this::startRace, backoff.nextNanos());
  }

  private Duration probePatience() {
    return answered ? settings.requestTimeout() : settings.firstContactTimeout();
  }

  private long outageNanos() {
    return System.nanoTime() - downSinceNanos;
  }

  private RegistryUnavailableException unavailable() {
    return new RegistryUnavailableException("etcd does not answer: " + detail, null);
  }

  private static ExecutorService daemonPool() {
    return new ThreadPoolExecutor(
        0,
        64,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "clearspan-etcd-callback");
          thread.setDaemon(true);
          return thread;
        },
        (task, executor) -> task.run());
  }
}
