package dev.clearspan.benchmarks.push;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.benchmarks.console.BenchConsole;
import dev.clearspan.etcd.EtcdProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run: fill the registry, listen, change. */
final class PushRun {
  private static final Duration FILL_LIMIT = Duration.ofSeconds(60);
  private static final Duration HEARING_LIMIT = Duration.ofSeconds(10);

  /** Changes that are not measured: the console's JVM has just begun. */
  private static final int WARM_UP = 20;

  private final PushOptions options;
  private final PrintStream progress;

  PushRun(PushOptions options, PrintStream progress) {
    this.options = options;
    this.progress = progress;
  }

  PushFigures run(Path directory) throws IOException, InterruptedException {
    try (EtcdProcess etcd = EtcdProcess.start()) {
      FullRegistry registry =
          new FullRegistry(etcd.endpoint(), options.services(), options.instances());
      progress.printf("writing %,d instances%n", options.instances());
      registry.fill();
      try (BenchConsole console = BenchConsole.following(etcd.endpoint(), directory)) {
        awaitAll(console);
        List<StreamListener> listeners = new ArrayList<>();
        try {
          return measure(registry, console, listeners);
        } finally {
          for (StreamListener each : listeners) {
            each.close();
          }
        }
      }
    }
  }

  private void awaitAll(BenchConsole console) throws IOException, InterruptedException {
    long limit = System.nanoTime() + FILL_LIMIT.toNanos();
    while (count(console.json("/api/v1/topology")) < options.instances()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException(
            "the console does not know all instances " + FILL_LIMIT.toSeconds() + " s after");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static int count(JsonNode topology) {
    int instances = 0;
    for (JsonNode service : topology.path("services")) {
      instances += service.path("instances").size();
    }
    return instances;
  }

  private PushFigures measure(
      FullRegistry registry, BenchConsole console, List<StreamListener> listeners)
      throws IOException, InterruptedException {
    progress.printf("%d listeners%n", options.listeners());
    for (int i = 0; i < options.listeners(); i++) {
      listeners.add(new StreamListener(console));
    }
    for (StreamListener each : listeners) {
      each.awaitSnapshot();
    }
    StreamListener first = listeners.get(0);
    long snapshot = first.bytes();
    Changes changes = new Changes(registry, listeners);
    try (Background statuses = new Background(registry)) {
      progress.println("warming up");
      changes.make(WARM_UP);
      progress.printf("%d changes%n", options.seconds());
      changes.forget();
      Duration cpu = console.cpu();
      long read = first.bytes();
      long began = System.nanoTime();
      changes.make(options.seconds());
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      Duration spent = console.cpu().minus(cpu);
      statuses.check();
      return new PushFigures(
          options,
          changes.heardNanos(),
          changes.missed,
          spent,
          took,
          console.liveHeap(),
          first.bytes() - read,
          snapshot);
    }
  }

  /** Changes, one a second, and when they were heard. */
  private final class Changes {
    private final FullRegistry registry;
    private final List<StreamListener> listeners;
    private final List<Long> heard = new ArrayList<>();
    private long lastRevision;
    private int made;
    private int missed;

    Changes(FullRegistry registry, List<StreamListener> listeners) {
      this.registry = registry;
      this.listeners = listeners;
    }

    void make(int count) throws IOException, InterruptedException {
      long next = System.nanoTime();
      for (int i = 0; i < count; i++) {
        make();
        next += TimeUnit.SECONDS.toNanos(1);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
      }
    }

    private void make() throws IOException, InterruptedException {
      made++;
      int instance = (int) (made * 997L % options.instances());
      listeners.forEach(each -> each.expect(lastRevision + 1, registry.id(instance)));
      long sent = System.nanoTime();
      lastRevision = registry.change(instance, 1 + made % 1_000);
      for (StreamListener each : listeners) {
        long at = await(each, sent + HEARING_LIMIT.toNanos());
        if (at == 0) {
          missed++;
        } else {
          heard.add(at - sent);
        }
      }
    }

    private long await(StreamListener listener, long limit) throws InterruptedException {
      while (listener.heardNanos() == 0 && System.nanoTime() < limit) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      return listener.heardNanos();
    }

    void forget() {
      heard.clear();
      missed = 0;
    }

    long[] heardNanos() {
      long[] nanos = heard.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(nanos);
      return nanos;
    }
  }

  /** Processes that write their status meanwhile, one after the other. */
  private final class Background implements AutoCloseable {
    private final AtomicLong number = new AtomicLong(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    Background(FullRegistry registry) {
      if (options.statusWrites() > 0) {
        long period = TimeUnit.SECONDS.toNanos(1) / options.statusWrites();
        var unused =
            timer.scheduleAtFixedRate(() -> write(registry), 0, period, TimeUnit.NANOSECONDS);
      }
    }

    private void write(FullRegistry registry) {
      try {
        long next = number.incrementAndGet();
        registry.tell((int) (next % options.instances()), next);
      } catch (IOException e) {
        failure.compareAndSet(null, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void check() throws IOException {
      Exception e = failure.get();
      if (e != null) {
        throw new IOException("a status could not be written", e);
      }
    }

    @Override
    public void close() {
      timer.shutdownNow();
    }
  }
}
