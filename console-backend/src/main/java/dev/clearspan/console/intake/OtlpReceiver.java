package dev.clearspan.console.intake;

import dev.clearspan.console.web.CertificateState;
import dev.clearspan.console.web.RefusedWebSockets;
import dev.clearspan.console.web.TlsPort;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OTLP over HTTP (protobuf and JSON, gzip) on a port of its own: {@code POST /v1/traces}, {@code
 * /v1/metrics} and {@code /v1/logs}; and beside it over gRPC.
 *
 * <p>Answers as the OpenTelemetry protocol asks: 200, with {@code partial_success} when some spans,
 * points or log records were unusable; 400, 413 and 415 for what must not be sent again; 429 with
 * Retry-After when the queue is full. Bodies are bounded while they are inflated, one by one and
 * together. Thread-safe.
 */
public final class OtlpReceiver implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OtlpReceiver.class);
  private static final int THREADS = 16;
  private static final int BODIES_AT_ONCE = 8;
  private static final int DISCARDED_BODIES = 8;
  private static final int SLOWEST_BYTES_PER_SECOND = 1024;
  private static final String RETRY_AFTER_SECONDS = "1";

  private final IntakeConfig config;
  private final SpanSink spans;
  private final IntakeCounters counters = new IntakeCounters();
  private final RequestBody requestBody;
  private final ByteBudget budget;
  private final IngestToken token;
  private final OtlpSignals signals;
  private final @Nullable TlsPort tls;
  private final Javalin server;
  private @Nullable OtlpGrpc grpc;

  private OtlpReceiver(IntakeConfig config, SpanSink spans, MetricSink metrics) {
    this.tls = config.tls() == null ? null : TlsPort.open("otlp", config.tls());
    this.config = config;
    this.spans = spans;
    this.requestBody = new RequestBody(config);
    this.budget = new ByteBudget((long) config.maxBodyBytes() * BODIES_AT_ONCE);
    this.token = new IngestToken(config.token());
    this.signals =
        new OtlpSignals(
            new TraceSignal(new SpanGate(config.limits()), spans, counters),
            new MetricSignal(metrics, counters),
            new LogSignal(new LogGate(config.limits()), spans, counters));
    this.server =
        Javalin.create(
            javalin -> {
              transport(javalin);
              encrypt(javalin);
              javalin.routes.post("/v1/traces", answering(signals.traces()));
              javalin.routes.post("/v1/metrics", answering(signals.metrics()));
              javalin.routes.post("/v1/logs", answering(signals.logs()));
            });
  }

  /**
   * Starts to listen.
   *
   * @throws io.javalin.util.JavalinBindException if the port is taken
   * @throws IllegalStateException if the one of gRPC is; the message says what to do
   */
  public static OtlpReceiver start(IntakeConfig config, SpanSink spans, MetricSink metrics) {
    OtlpReceiver receiver = new OtlpReceiver(config, spans, metrics);
    receiver.server.start(config.host(), config.port());
    try {
      receiver.startGrpc();
    } catch (RuntimeException e) {
      receiver.close();
      throw e;
    }
    log.info(
        "OTLP intake listens on {}, port {}, gRPC {}",
        config,
        receiver.port(),
        receiver.grpcPort() < 0 ? "off" : receiver.grpcPort());
    return receiver;
  }

  private void startGrpc() {
    if (config.grpcPort() >= 0) {
      grpc = OtlpGrpc.start(config, signals, budget, counters);
    }
  }

  /** The port it listens on for HTTP. */
  public int port() {
    return server.port();
  }

  /** The port it listens on for gRPC; -1: on none. */
  public int grpcPort() {
    return grpc == null ? -1 : grpc.port();
  }

  public IntakeState state() {
    return counters.state(spans);
  }

  /** The certificate it shows; empty if it speaks plain HTTP. */
  public Optional<CertificateState> certificate(Clock clock) {
    return Optional.ofNullable(tls).map(port -> port.state(clock));
  }

  /** Stops listening; the sinks stay open. */
  @Override
  public void close() {
    if (grpc != null) {
      grpc.close();
    }
    server.stop();
    if (tls != null) {
      tls.close();
    }
  }

  private void encrypt(JavalinConfig javalin) {
    if (tls != null) {
      javalin.jetty.addConnector(
          (jetty, http) -> tls.connector(jetty, http, config.host(), config.port()));
    }
  }

  private static void transport(JavalinConfig javalin) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.startupWatcherEnabled = false;
    javalin.http.prefer405over404 = true;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("otlp-http");
    javalin.jetty.threadPool = threads;
    javalin.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    javalin.jetty.modifyServer(
        server -> {
          RefusedWebSockets outer = new RefusedWebSockets();
          outer.setHandler(new MinimumDataRateHandler(SLOWEST_BYTES_PER_SECOND, 0));
          server.setHandler(outer);
        });
  }

  private Handler answering(Signal signal) {
    return context -> {
      OtlpFormat format = OtlpFormat.JSON;
      try {
        token.check(context.header("Authorization"));
        format = OtlpFormat.of(context.contentType());
        answer(context, 200, format, exchange(context, format, signal));
      } catch (Refusal refusal) {
        discardBody(context, refusal);
        counters.rejectedRequests.increment();
        log.debug("OTLP request refused: {} {}", refusal.status(), refusal.getMessage());
        if (refusal.status() == 429) {
          context.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        answer(
            context,
            refusal.status(),
            format,
            format.failure(String.valueOf(refusal.getMessage())));
      }
    };
  }

  private byte[] exchange(Context context, OtlpFormat format, Signal signal) throws Refusal {
    if (context.req().getContentLengthLong() > config.maxBodyBytes()) {
      throw Refusal.tooLarge(
          "The body has "
              + context.req().getContentLengthLong()
              + " bytes (expected: at most "
              + config.maxBodyBytes()
              + "); send smaller batches.");
    }
    try (ByteBudget.Share share = budget.open()) {
      byte[] body =
          requestBody.read(context.bodyInputStream(), context.header("Content-Encoding"), share);
      return signal.take(body, format);
    }
  }

  /**
   * An exporter that still sends would see a broken connection instead of the answer, and send it
   * all again.
   */
  private void discardBody(Context context, Refusal refusal) {
    if (refusal.status() == 401) {
      return;
    }
    try {
      long discarded =
          context.bodyInputStream().skip(DISCARDED_BODIES * (long) config.maxBodyBytes());
      log.debug("{} bytes of a refused OTLP body were not looked at", discarded);
    } catch (IOException e) {
      log.debug("The rest of a refused OTLP body did not come: {}", e.getMessage());
    }
  }

  private static void answer(Context context, int status, OtlpFormat format, byte[] body) {
    context.status(status).contentType(format.contentType()).result(body);
  }
}
