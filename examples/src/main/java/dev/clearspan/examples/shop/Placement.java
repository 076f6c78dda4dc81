package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.ChargeRequest;
import dev.clearspan.examples.shop.api.InventoryClient;
import dev.clearspan.examples.shop.api.Money;
import dev.clearspan.examples.shop.api.Order;
import dev.clearspan.examples.shop.api.Parcel;
import dev.clearspan.examples.shop.api.Payment;
import dev.clearspan.examples.shop.api.PaymentsClient;
import dev.clearspan.examples.shop.api.Receipt;
import dev.clearspan.examples.shop.api.RefundRequest;
import dev.clearspan.examples.shop.api.Reservation;
import dev.clearspan.examples.shop.api.ReservationId;
import dev.clearspan.examples.shop.api.ShippingClient;
import dev.clearspan.rpc.RpcException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One order on its way: reserve, charge, ship. What was done is undone if a later step fails. */
final class Placement {
  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
  private static final Logger EVENTS = LoggerFactory.getLogger("shop.orders");

  private final Order order;
  private final InventoryClient inventory;
  private final PaymentsClient payments;
  private final ShippingClient shipping;
  private final Deque<Runnable> undo = new ArrayDeque<>();

  Placement(
      Order order, InventoryClient inventory, PaymentsClient payments, ShippingClient shipping) {
    this.order = order;
    this.inventory = inventory;
    this.payments = payments;
    this.shipping = shipping;
  }

  Receipt run() {
    Money total = Catalog.bySku(order.getSku()).price(order.getQuantity());
    try {
      reserve();
      Payment payment = charge(total);
      EVENTS.info(
          "order {}: {} x {} reserved, paid with {}",
          order.getOrderId(),
          order.getQuantity(),
          order.getSku(),
          payment.getPaymentId());
      return Receipt.newBuilder()
          .setOrderId(order.getOrderId())
          .setTotal(total)
          .setPaymentId(payment.getPaymentId())
          .setParcelId(ship())
          .build();
    } catch (RpcException e) {
      EVENTS.warn(
          "order {} is taken back, {} steps to undo: {}",
          order.getOrderId(),
          undo.size(),
          e.getMessage());
      undo.forEach(step -> undone(step, e));
      throw e;
    }
  }

  private void reserve() {
    Reservation reservation =
        Reservation.newBuilder()
            .setReservationId(order.getOrderId())
            .setSku(order.getSku())
            .setQuantity(order.getQuantity())
            .build();
    Step.of("reserving", () -> inventory.reserve(reservation));
    ReservationId id = ReservationId.newBuilder().setReservationId(order.getOrderId()).build();
    undo.push(() -> inventory.release(id));
  }

  private Payment charge(Money total) {
    ChargeRequest request =
        ChargeRequest.newBuilder().setIdempotencyKey(order.getOrderId()).setAmount(total).build();
    Payment payment = Step.of("charging", () -> payments.charge(request));
    RefundRequest refund =
        RefundRequest.newBuilder().setPaymentId(payment.getPaymentId()).setAmount(total).build();
    undo.push(() -> payments.refund(refund));
    return payment;
  }

  private String ship() {
    Parcel parcel =
        Parcel.newBuilder()
            .setOrderId(order.getOrderId())
            .setSku(order.getSku())
            .setQuantity(order.getQuantity())
            .build();
    return Step.of("shipping", () -> shipping.schedule(parcel)).getParcelId();
  }

  private void undone(Runnable step, RpcException because) {
    try {
      step.run();
    } catch (RpcException e) {
      because.addSuppressed(e);
      LOG.warn("order {} is partly undone: {}", order.getOrderId(), e.getMessage());
    }
  }
}
