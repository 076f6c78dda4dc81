package dev.clearspan.benchmarks.intake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** Sends one export after the other on a few connections; what is refused is sent again. */
final class Exporter {
  private static final int CONNECTIONS = 4;
  private static final int PAUSE_MILLIS = 20;

  private final URI target;
  private final ShopTraces traces = new ShopTraces();
  private final AtomicLong next = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  Exporter(URI target) {
    this.target = target;
  }

  /** Sends until told otherwise, and then to the end of the block of traces that was begun. */
  void sendWhile(BooleanSupplier more) throws InterruptedException, ExecutionException {
    ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        running.add(connections.submit(() -> send(more)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      connections.shutdownNow();
    }
  }

  long acknowledgedSpans() {
    return next.get() * ShopTraces.SPANS_PER_EXPORT;
  }

  /** Traces of which all parts are acknowledged, once {@link #sendWhile} has returned. */
  long wholeTraces() {
    return next.get() / ShopTraces.SERVICES * ShopTraces.TRACES_PER_EXPORT;
  }

  long refused() {
    return refused.sum();
  }

  private Void send(BooleanSupplier more) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    while (more.getAsBoolean()) {
      send(http, traces.export(next.getAndIncrement()));
    }
    return null;
  }

  private void send(HttpClient http, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    while (true) {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status == 200) {
        return;
      }
      if (status != 429) {
        throw new IOException("export answered with " + status + " (expected: 200 or 429)");
      }
      refused.increment();
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
