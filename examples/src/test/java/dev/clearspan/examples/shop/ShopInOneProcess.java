package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.Entry;
import dev.clearspan.examples.shop.api.InventoryClient;
import dev.clearspan.examples.shop.api.LedgerBase;
import dev.clearspan.examples.shop.api.LedgerClient;
import dev.clearspan.examples.shop.api.OrdersClient;
import dev.clearspan.examples.shop.api.PaymentsClient;
import dev.clearspan.examples.shop.api.Position;
import dev.clearspan.examples.shop.api.ShippingClient;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The shop's services on ports of their own, without registry and faults, all in this process. */
final class ShopInOneProcess implements AutoCloseable {
  private final List<RpcServer> servers = new ArrayList<>();
  private final List<RpcChannel> channels = new ArrayList<>();
  private final CountedLedger ledger = new CountedLedger();
  private final RpcChannel storefront;

  private ShopInOneProcess() {
    LedgerClient book = LedgerClient.of(serve("ledger", 1, () -> ledger));
    PaymentsClient payments =
        PaymentsClient.of(serve("payments", 3, () -> new PaymentsService(book)));
    InventoryClient inventory = InventoryClient.of(serve("inventory", 3, InventoryService::new));
    ShippingClient shipping = ShippingClient.of(serve("shipping", 2, ShippingService::new));
    OrdersClient orders =
        OrdersClient.of(serve("orders", 1, () -> new OrdersService(inventory, payments, shipping)));
    storefront = serve("storefront", 1, () -> new StorefrontService(orders));
  }

  static ShopInOneProcess start() {
    return new ShopInOneProcess();
  }

  /** A channel to the shop's door. */
  RpcChannel storefront() {
    return storefront;
  }

  /** How often something was booked, each time counted. */
  int bookings() {
    return ledger.bookings.get();
  }

  /** Calls that are being served anywhere. */
  int inFlight() {
    return servers.stream().mapToInt(RpcServer::inFlight).sum();
  }

  private RpcChannel serve(String name, int instances, Supplier<RpcService> service) {
    var channel = RpcChannel.builder(name);
    for (int i = 0; i < instances; i++) {
      RpcServer server = RpcServer.builder(name).service(service.get()).start();
      servers.add(server);
      channel.target("127.0.0.1", server.port());
    }
    RpcChannel built = channel.build();
    channels.add(built);
    return built;
  }

  /** From the door inwards, so that nothing is cut off. */
  @Override
  public void close() {
    for (int i = servers.size() - 1; i >= 0; i--) {
      servers.get(i).close();
    }
    channels.forEach(RpcChannel::close);
  }

  /** Books like the shop's ledger, and counts what it is asked. */
  private static final class CountedLedger extends LedgerBase {
    private final AtomicInteger bookings = new AtomicInteger();
    private final Work write = new Work(500, 3_000);

    @Override
    protected Position append(Entry request) {
      write.perform();
      return Position.newBuilder().setPosition(bookings.incrementAndGet()).build();
    }
  }
}
