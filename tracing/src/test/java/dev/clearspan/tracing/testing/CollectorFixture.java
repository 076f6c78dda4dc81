package dev.clearspan.tracing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An OTLP receiver (http/protobuf, gzip) on a free port, new for each test. A test takes every span
 * it causes; spans left over fail it, so whatever sends spans must be closed inside the test, or
 * registered with {@link #closeBeforeCheck}. It can also be slow, refuse or hang.
 */
public final class CollectorFixture implements BeforeEachCallback, AfterEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BACKLOG = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final List<CollectedSpan> spans = new ArrayList<>();
  private final List<CollectedPoint> points = new ArrayList<>();
  private final List<AutoCloseable> senders = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int answer = 200;
  private volatile CountDownLatch hung = new CountDownLatch(0);
  private volatile Map<String, List<String>> lastHeaders = Map.of();
  private final @Nullable SSLContext tls;
  private ExecutorService executor = Executors.newCachedThreadPool();
  private HttpServer server;

  /** Receives in plain text. */
  public CollectorFixture() {
    this(null);
  }

  /**
   * Receives over TLS.
   *
   * @param tls with the certificate to show; null: in plain text
   */
  public CollectorFixture(@Nullable SSLContext tls) {
    this.tls = tls;
    this.server = newServer(0);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    server.start();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    hung.countDown();
    for (AutoCloseable sender : senders) {
      sender.close();
    }
    stop();
    assertThat(spans).as("spans that the test caused and did not take").isEmpty();
  }

  /** Base URL, as for OTEL_EXPORTER_OTLP_ENDPOINT. */
  public String endpoint() {
    return (tls == null ? "http" : "https") + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Closes the sender after the test, before looking for spans left over. */
  public <T extends AutoCloseable> T closeBeforeCheck(T sender) {
    senders.add(sender);
    return sender;
  }

  /** Answers every request with this status; 200 takes the data. */
  public void answer(int status) {
    answer = status;
  }

  /** Lets every request wait until {@link #resume}. */
  public void hang() {
    hung = new CountDownLatch(1);
  }

  public void resume() {
    hung.countDown();
  }

  /** Stops listening. */
  public void stop() {
    server.stop(0);
    executor.shutdownNow();
  }

  /** Listens again, on the same port. */
  public void restart() {
    int port = server.getAddress().getPort();
    executor = Executors.newCachedThreadPool();
    server = newServer(port);
    server.start();
  }

  /** Requests seen so far, whatever was answered. */
  public int requests() {
    return requests.get();
  }

  /** Headers of the latest request, first letters in upper case. */
  public Map<String, List<String>> lastHeaders() {
    return lastHeaders;
  }

  /** Waits for a span of this service, kind and name, and takes it. */
  public CollectedSpan takeSpan(String service, String kind, String name) {
    return takeSpan(
        service + " " + kind + " " + name,
        span ->
            span.service().equals(service) && span.kind().equals(kind) && span.name().equals(name));
  }

  /** Waits for a span like this and takes it. */
  public CollectedSpan takeSpan(String what, Predicate<CollectedSpan> wanted) {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (true) {
        for (CollectedSpan span : spans) {
          if (wanted.test(span)) {
            spans.remove(span);
            return span;
          }
        }
        assertThat(left).as("span %s among %s", what, names()).isPositive();
        left = arrival.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for this many spans and takes them. */
  public List<CollectedSpan> takeSpans(int count) {
    List<CollectedSpan> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(takeSpan((i + 1) + " of " + count, span -> true));
    }
    return taken;
  }

  /** Takes what has arrived by now. */
  public List<CollectedSpan> takeAllSpans() {
    lock.lock();
    try {
      List<CollectedSpan> taken = List.copyOf(spans);
      spans.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** All metric points so far. */
  public List<CollectedPoint> points() {
    lock.lock();
    try {
      return List.copyOf(points);
    } finally {
      lock.unlock();
    }
  }

  /** Sum over all points of a metric: of deltas, the total. */
  public double total(String metric) {
    return points().stream()
        .filter(point -> point.name().equals(metric))
        .mapToDouble(CollectedPoint::value)
        .sum();
  }

  private List<String> names() {
    return spans.stream()
        .map(span -> span.service() + " " + span.kind() + " " + span.name())
        .toList();
  }

  private HttpServer newServer(int port) {
    try {
      HttpServer created = bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      created.setExecutor(executor);
      created.createContext("/v1/traces", exchange -> receive(exchange, this::addSpans));
      created.createContext("/v1/metrics", exchange -> receive(exchange, this::addPoints));
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " (expected: free on loopback)", e);
    }
  }

  private HttpServer bound(InetSocketAddress address) throws IOException {
    if (tls == null) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer secure = HttpsServer.create(address, BACKLOG);
    secure.setHttpsConfigurator(new HttpsConfigurator(tls));
    return secure;
  }

  private void receive(HttpExchange exchange, Sink sink) throws IOException {
    requests.incrementAndGet();
    lastHeaders = Map.copyOf(exchange.getRequestHeaders());
    try (exchange) {
      byte[] body = body(exchange);
      awaitResume();
      int status = answer;
      if (status == 200) {
        sink.add(body);
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    assertThat(exchange.getRequestHeaders().getFirst("Content-Type"))
        .isEqualTo("application/x-protobuf");
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream raw = exchange.getRequestBody();
    return zipped ? new GZIPInputStream(raw).readAllBytes() : raw.readAllBytes();
  }

  private void awaitResume() throws IOException {
    try {
      if (!hung.await(60, TimeUnit.SECONDS)) {
        throw new IOException("still hung after 60 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("receiver stopped", e);
    }
  }

  private void addSpans(byte[] body) throws IOException {
    append(spans, OtlpDecoder.spans(ExportTraceServiceRequest.parseFrom(body)));
  }

  private void addPoints(byte[] body) throws IOException {
    append(points, OtlpDecoder.points(ExportMetricsServiceRequest.parseFrom(body)));
  }

  private <T> void append(List<T> target, List<T> more) {
    lock.lock();
    try {
      target.addAll(more);
      arrival.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @FunctionalInterface
  private interface Sink {
    void add(byte[] body) throws IOException;
  }
}
