package dev.clearspan.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.clearspan.examples.smoke.ShopControl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The hand on the shop's processes over HTTP on the loopback interface, for the browser script. */
final class ShopRemote implements AutoCloseable {
  private static final int OK = 200;
  private static final int FAILED = 500;

  private final ShopControl shop;
  private final HttpServer server;

  private ShopRemote(ShopControl shop, HttpServer server) {
    this.shop = shop;
    this.server = server;
  }

  static ShopRemote start(ShopControl shop) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    ShopRemote remote = new ShopRemote(shop, server);
    server.createContext("/", remote::answer);
    server.start();
    return remote;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = OK;
      String body;
      try {
        body = perform(exchange.getRequestURI());
      } catch (RuntimeException e) {
        status = FAILED;
        body = String.valueOf(e.getMessage());
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String perform(URI request) {
    Map<String, String> query =
        Arrays.stream(request.getQuery().split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    switch (request.getPath()) {
      case "/kill" -> {
        return kill(query.get("instance"));
      }
      case "/start" -> {
        return startExtra(query.get("service"));
      }
      case "/fail" ->
          shop.setFailShare(query.get("service"), Double.parseDouble(query.get("share")));
      case "/load" -> shop.setOrdersPerSecond(Double.parseDouble(query.get("rate")));
      default ->
          throw new IllegalArgumentException(
              request.getPath() + " (expected: /kill, /start, /fail or /load)");
    }
    return "{}";
  }

  private String kill(String instance) {
    long now = System.currentTimeMillis();
    shop.kill(instance);
    return "{\"atMillis\":%d}".formatted(now);
  }

  private String startExtra(String service) {
    String id = shop.startExtra(service);
    shop.awaitRegistered(service, id);
    return "{\"instance\":\"%s\",\"registeredAtMillis\":%d}"
        .formatted(id, System.currentTimeMillis());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
