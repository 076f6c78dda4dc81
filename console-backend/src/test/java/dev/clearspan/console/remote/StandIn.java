package dev.clearspan.console.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server in the place of another, on a free port. */
public final class StandIn implements AutoCloseable {
  static {
    // Else a reply waits 40 ms for an acknowledgement between its head and its body.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Answers one request. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private StandIn(HttpServer server) {
    this.server = server;
  }

  public static StandIn start(Behaviour behaviour) {
    try {
      StandIn standIn =
          new StandIn(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16));
      standIn.server.createContext("/", exchange -> answer(behaviour, exchange));
      standIn.server.setExecutor(standIn.threads);
      standIn.server.start();
      return standIn;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
