package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.InventoryClient;
import dev.clearspan.examples.shop.api.Offer;
import dev.clearspan.examples.shop.api.Order;
import dev.clearspan.examples.shop.api.OrderId;
import dev.clearspan.examples.shop.api.OrdersBase;
import dev.clearspan.examples.shop.api.ParcelId;
import dev.clearspan.examples.shop.api.PaymentsClient;
import dev.clearspan.examples.shop.api.QuoteRequest;
import dev.clearspan.examples.shop.api.Receipt;
import dev.clearspan.examples.shop.api.ShippingClient;
import dev.clearspan.examples.shop.api.Sku;
import dev.clearspan.examples.shop.api.Station;
import dev.clearspan.rpc.Outgoing;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;

/** Turns an order into a reservation, a payment and a parcel. */
final class OrdersService extends OrdersBase {
  private static final int MAX_QUANTITY = 100;

  private final Answers<Receipt> receipts = new Answers<>();
  private final InventoryClient inventory;
  private final PaymentsClient payments;
  private final ShippingClient shipping;

  OrdersService(InventoryClient inventory, PaymentsClient payments, ShippingClient shipping) {
    this.inventory = inventory;
    this.payments = payments;
    this.shipping = shipping;
  }

  @Override
  protected Offer quote(QuoteRequest request) {
    Catalog article = Catalog.bySku(request.getSku());
    Sku sku = Sku.newBuilder().setSku(article.sku()).build();
    return Offer.newBuilder()
        .setSku(article.sku())
        .setPrice(article.price(1))
        .setInStock(Step.of("checking stock", () -> inventory.check(sku)).getFree())
        .build();
  }

  @Override
  protected Receipt place(Order request) throws Exception {
    if (request.getOrderId().isBlank()) {
      throw new RpcException(
          Status.Code.INVALID_ARGUMENT, "orderId: empty (expected: the buyer's own id)");
    }
    if (request.getQuantity() < 1 || request.getQuantity() > MAX_QUANTITY) {
      throw new RpcException(
          Status.Code.INVALID_ARGUMENT,
          "quantity: " + request.getQuantity() + " (expected: 1 to " + MAX_QUANTITY + ")");
    }
    Placement placement = new Placement(request, inventory, payments, shipping);
    return receipts.once(request.getOrderId(), placement::run);
  }

  @Override
  protected Receipt find(OrderId request) {
    return receipts
        .find(request.getOrderId())
        .orElseThrow(
            () ->
                new RpcException(
                    Status.Code.NOT_FOUND,
                    "order: " + request.getOrderId() + " (expected: one placed lately)"));
  }

  @Override
  protected void follow(OrderId request, Outgoing<Station> replies) {
    ParcelId parcel = ParcelId.newBuilder().setParcelId(find(request).getParcelId()).build();
    Step.relay("following " + parcel.getParcelId(), () -> shipping.track(parcel), replies);
  }
}
