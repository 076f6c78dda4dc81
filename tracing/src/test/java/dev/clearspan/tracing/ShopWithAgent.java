package dev.clearspan.tracing;

import static dev.clearspan.tracing.Hops.method;
import static dev.clearspan.tracing.Hops.patient;
import static dev.clearspan.tracing.Hops.text;

import com.google.protobuf.StringValue;
import com.sun.net.httpserver.HttpServer;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.rpc.Status;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process that the OpenTelemetry Java agent watches: orders asks a page for the price, in a span
 * of its own, and then stock. Prints {@code order trace-id} for each order, and ends with its
 * input.
 */
final class ShopWithAgent {
  static final String FAIL = "fail";

  /** Placed over HTTP/1.1, by a client that the agent watches. */
  static final String WEB = "web";

  private static final String ORDERS = "orders";
  private static final String STOCK = "stock";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI price;
  private final RpcChannel stock;

  private ShopWithAgent(URI price, RpcChannel stock) {
    this.price = price;
    this.stock = stock;
  }

  /** Arguments: the orders, texts. */
  public static void main(String[] arguments) throws IOException {
    HttpServer page = page();
    URI price = URI.create("http://127.0.0.1:" + page.getAddress().getPort() + "/price");
    try (RpcServer stock = serve(STOCK, request -> request);
        RpcChannel toStock = channel(STOCK, stock);
        RpcServer orders = serve(ORDERS, new ShopWithAgent(price, toStock)::place);
        RpcChannel toOrders = channel(ORDERS, orders)) {
      for (String order : arguments) {
        String traceId = order.equals(WEB) ? traceOfPost(orders.port()) : traceOf(toOrders, order);
        System.out.println(order + " " + traceId);
      }
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      page.stop(0);
    }
  }

  /** In JSON, a text in quotes. */
  private static String traceOfPost(int port) throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/" + method(ORDERS).fullName()))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("\"" + WEB + "\""))
            .build();
    return HttpClient.newHttpClient().send(post, BodyHandlers.ofString()).body().replace("\"", "");
  }

  private static String traceOf(RpcChannel orders, String order) {
    try {
      return orders.call(method(ORDERS), text(order), patient()).getValue();
    } catch (RpcException e) {
      return String.valueOf(e.traceId());
    }
  }

  private StringValue place(StringValue order) throws IOException, InterruptedException {
    Span.current().setAttribute("shop.order", order.getValue());
    Span pricing = GlobalOpenTelemetry.getTracer("shop").spanBuilder("pricing").startSpan();
    try (Scope current = pricing.makeCurrent()) {
      http.send(HttpRequest.newBuilder(price).build(), BodyHandlers.ofString());
    } finally {
      pricing.end();
    }
    stock.call(method(STOCK), order, patient());
    if (order.getValue().equals(FAIL)) {
      throw new RpcException(Status.Code.INTERNAL, "told to fail");
    }
    return text(Span.current().getSpanContext().getTraceId());
  }

  private static HttpServer page() throws IOException {
    HttpServer page =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    page.createContext(
        "/price",
        exchange -> {
          try (exchange) {
            byte[] body = "7".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    page.start();
    return page;
  }

  private static RpcServer serve(String name, UnaryHandler<StringValue, StringValue> handler) {
    return RpcServer.builder(name)
        .port(0)
        .service(
            () ->
                new ServiceDefinition(
                    "shop", List.of(BoundMethod.unary(method(name), handler)), null))
        .start();
  }

  private static RpcChannel channel(String name, RpcServer server) {
    return RpcChannel.builder(name).target("127.0.0.1", server.port()).build();
  }
}
