package dev.clearspan.console.grafana;

import dev.clearspan.console.web.TlsPort;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The port that browsers connect to: bounded in threads, connections, heads and silence. */
final class FrontServer implements AutoCloseable {
  private static final int THREADS = 48;
  private static final int CONNECTIONS = 512;
  private static final int MAX_HEAD = 32 * 1024;
  private static final int SLOWEST_BYTES_PER_SECOND = 256;

  /** Whoever waits for Grafana must be here still to hear that it is silent. */
  private static final Duration MORE_THAN_GRAFANA = Duration.ofSeconds(30);

  private final Server server;
  private final ServerConnector connector;

  FrontServer(Handler handler, AnswerPage page, Duration silence, @Nullable TlsPort tls) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("grafana-http");
    server = new Server(threads);
    connector =
        tls == null
            ? new ServerConnector(server, 1, 1, new OriginForm(http()))
            : tls.connector(server, new OriginForm(TlsPort.secured(http())));
    connector.setIdleTimeout(silence.plus(MORE_THAN_GRAFANA).toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
    server.setHandler(handler);
    server.setErrorHandler(
        (request, response, callback) -> {
          page.refuse(request, response, callback, unreadable(response.getStatus()));
          return true;
        });
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEAD);
    http.setResponseHeaderSize(MAX_HEAD);
    http.setMinRequestDataRate(SLOWEST_BYTES_PER_SECOND);
    http.setRelativeRedirectAllowed(true);
    return http;
  }

  /** What Jetty refuses before or while it is read. */
  static Refusal unreadable(int status) {
    return status == 413
        ? new Refusal(status, "Too large", "The body is too large (expected: at most 16 MiB)")
        : new Refusal(
            status, "Refused", "The request is malformed or too large (expected: plain HTTP/1.1)");
  }

  void start(String host, int port) {
    connector.setHost(host);
    connector.setPort(port);
    try {
      connector.open();
    } catch (IOException e) {
      throw new IllegalStateException(
          "port "
              + port
              + " cannot be bound, probably another program listens there (expected: a free port)."
              + " Stop that program, or set CLEARSPAN_GRAFANA_PORT to another port; 0 takes any"
              + " free one.",
          e);
    }
    LifeCycle.start(server);
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
