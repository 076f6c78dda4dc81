package dev.clearspan.console.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A server in the place of another, on a free port. */
public final class StandIn implements AutoCloseable {
  static {
    // Else a reply waits 40 ms for an acknowledgement between its head and its body.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Answers one request. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private StandIn(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
  }

  public static StandIn start(Behaviour behaviour) {
    try {
      return new StandIn(HttpServer.create(anyPort(), 16), "http").answering(behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that speaks TLS. */
  static StandIn start(SSLContext tls, Behaviour behaviour) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 16);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new StandIn(server, "https").answering(behaviour);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private StandIn answering(Behaviour behaviour) {
    server.createContext("/", exchange -> answer(behaviour, exchange));
    server.setExecutor(threads);
    server.start();
    return this;
  }

  private static void answer(Behaviour behaviour, HttpExchange exchange) throws IOException {
    try (exchange) {
      behaviour.answer(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers with this body. */
  public static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  public URI url() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
