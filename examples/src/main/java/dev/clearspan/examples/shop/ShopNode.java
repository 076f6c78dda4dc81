package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.InventoryClient;
import dev.clearspan.examples.shop.api.LedgerClient;
import dev.clearspan.examples.shop.api.OrdersClient;
import dev.clearspan.examples.shop.api.PaymentsClient;
import dev.clearspan.examples.shop.api.ShippingClient;
import dev.clearspan.examples.shop.api.StorefrontClient;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcService;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running instance: its server, and channels to the services it calls. */
final class ShopNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShopNode.class);
  private static final String LOOPBACK = "127.0.0.1";

  private final Registry registry;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private ShopNode(Registry registry) {
    this.registry = registry;
  }

  static ShopNode start(ShopOptions options, Registry registry) {
    ShopNode node = new ShopNode(registry);
    if (options.role() == Role.SHOPPER) {
      node.startShopper(options);
    } else {
      node.startServer(options);
    }
    // The server's telemetry is the global one by now: log lines go the same way.
    OpenTelemetryAppender.install(GlobalOpenTelemetry.get());
    return node;
  }

  private void startServer(ShopOptions options) {
    Faults faults = new Faults(options.faults());
    RpcServer server =
        RpcServer.builder(options.role().service())
            .host(LOOPBACK)
            .port(options.port())
            .registry(registry)
            .interceptor(faults)
            .service(service(options.role()))
            .service(new FaultsService(faults))
            .start();
    opened.add(server::close);
    LOG.info("{} serves {} on {}", options.instance(), options.role().service(), server.port());
  }

  private void startShopper(ShopOptions options) {
    StorefrontClient storefront = StorefrontClient.of(channel("storefront"));
    Load load = new Load(new Shopping(storefront), options.ordersPerSecond());
    RpcServer server =
        RpcServer.builder(options.role().service())
            .host(LOOPBACK)
            .port(options.port())
            .service(new ShopperService(load))
            .start();
    opened.add(server::close);
    load.start();
    opened.add(load);
    LOG.info("{} takes its rate on {}", options.instance(), server.port());
  }

  private RpcService service(Role role) {
    return switch (role) {
      case STOREFRONT -> new StorefrontService(OrdersClient.of(channel("orders")));
      case ORDERS ->
          new OrdersService(
              InventoryClient.of(channel("inventory")),
              PaymentsClient.of(channel("payments")),
              ShippingClient.of(channel("shipping")));
      case INVENTORY -> new InventoryService();
      case PAYMENTS -> new PaymentsService(LedgerClient.of(channel("ledger")));
      case SHIPPING -> new ShippingService();
      case LEDGER -> new LedgerService(ledgerDatabase());
      case SHOPPER -> throw new IllegalArgumentException("role: shopper (expected: a server)");
    };
  }

  private LedgerDatabase ledgerDatabase() {
    LedgerDatabase database = new LedgerDatabase();
    opened.add(database);
    return database;
  }

  private RpcChannel channel(String service) {
    RpcChannel channel = RpcChannel.to(service, registry);
    opened.add(channel);
    return channel;
  }

  /** Drains the server, then closes the channels its handlers used. */
  @Override
  public void close() {
    for (int i = opened.size() - 1; i >= 0; i--) {
      try {
        opened.get(i).close();
      } catch (Exception e) {
        LOG.warn("closing failed", e);
      }
    }
    ended.countDown();
  }

  /** Waits until the node is closed: nothing else keeps the process alive. */
  void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
