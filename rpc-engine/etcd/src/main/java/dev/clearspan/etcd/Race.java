package dev.clearspan.etcd;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Tries all members at once; the first that answers a quorum read wins, so that a dead or hung
 * member costs nothing while another lives. Loop-only but for opening and closing links.
 */
final class Race {
  private final EtcdSettings settings;
  private final Duration patience;
  private final Loop loop;
  private final ExecutorService pool;
  private final Consumer<Link> won;
  private final Consumer<Throwable> lost;
  private final Set<Link> opened = ConcurrentHashMap.newKeySet();
  private volatile boolean decided;
  private int running;

  Race(
      EtcdSettings settings,
      Duration patience,
      Loop loop,
      ExecutorService pool,
      Consumer<Link> won,
      Consumer<Throwable> lost) {
    this.settings = settings;
    this.patience = patience;
    this.loop = loop;
    this.pool = pool;
    this.won = won;
    this.lost = lost;
  }

  void start() {
    running = settings.endpoints().size();
    for (URI endpoint : settings.endpoints()) {
      pool.execute(() -> enter(endpoint));
    }
  }

  /** Makes the race end without a winner. */
  void abandon() {
    decided = true;
    opened.forEach(this::discard);
  }

  private void enter(URI endpoint) {
    try {
      Link link = Link.open(settings, endpoint, pool);
      opened.add(link);
      if (decided) {
        discard(link);
        return;
      }
      var unused =
          link.probe(new Keyspace(settings.env()), patience)
              .whenCompleteAsync((answer, failure) -> arrive(link, failure), loop);
    } catch (RuntimeException | SSLException e) {
      loop.execute(() -> arrive(null, e));
    }
  }

  private void arrive(@Nullable Link link, @Nullable Throwable failure) {
    running--;
    boolean answered = failure == null || !Failures.isDisconnect(failure);
    if (link != null && answered && !decided) {
      decided = true;
      opened.remove(link);
      won.accept(link);
      return;
    }
    if (link != null) {
      discard(link);
    }
    if (running == 0 && !decided && failure != null) {
      decided = true;
      lost.accept(failure);
    }
  }

  private void discard(Link link) {
    if (opened.remove(link)) {
      link.discard(pool);
    }
  }
}
