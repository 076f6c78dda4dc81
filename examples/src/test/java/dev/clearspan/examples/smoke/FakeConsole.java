package dev.clearspan.examples.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that answers as the console would, from a {@link FakeShop}. */
final class FakeConsole implements AutoCloseable {
  private static final String PREFIX = "/api/v1";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final FakeShop shop;

  FakeConsole(FakeShop shop) throws IOException {
    this.shop = shop;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PREFIX, this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
    Object answer =
        exchange.getRequestMethod().equals("GET")
            ? shop.answer(path, query(exchange.getRequestURI()))
            : change(path, json.readTree(exchange.getRequestBody()));
    byte[] body = json.writeValueAsBytes(answer == null ? Map.of("status", 404) : answer);
    exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Object change(String path, JsonNode request) {
    if (path.endsWith("/control")) {
      shop.setWeighted(request.has("weight"));
    } else if (path.endsWith("/breakers")) {
      shop.setForced(request.path("state").asText().equals("OPEN"));
    }
    return Map.of("revision", 9);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> values = new HashMap<>();
    @Nullable String text = uri.getRawQuery();
    if (text != null) {
      for (String pair : text.split("&")) {
        String[] parts = pair.split("=", 2);
        values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
