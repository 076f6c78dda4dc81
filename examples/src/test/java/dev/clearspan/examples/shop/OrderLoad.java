package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.Order;
import dev.clearspan.examples.shop.api.Receipt;
import dev.clearspan.examples.shop.api.StorefrontClient;
import dev.clearspan.rpc.CallOptions;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Numbered orders, a bounded number of them under way; each must bring its own receipt, once. */
final class OrderLoad {
  private static final int IN_FLIGHT = 64;
  private static final long PATIENCE_SECONDS = 60;
  private static final String SKU = Catalog.ALL.get(0).sku();

  /** This load counts replies, it does not time them. */
  private static final CallOptions UNHURRIED =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(30));

  private final StorefrontClient storefront;
  private final AtomicIntegerArray receipts;
  private final Semaphore places = new Semaphore(IN_FLIGHT);
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  OrderLoad(StorefrontClient storefront, int orders) {
    this.storefront = storefront.with(UNHURRIED);
    this.receipts = new AtomicIntegerArray(orders);
  }

  /** Places the orders {@code from} to {@code to}, exclusive, and waits for their ends. */
  void place(int from, int to) throws InterruptedException {
    for (int number = from; number < to; number++) {
      acquire(1);
      int sent = number;
      Order order =
          Order.newBuilder().setOrderId("order-" + sent).setSku(SKU).setQuantity(1).build();
      storefront
          .checkoutAsync(order)
          .whenComplete((receipt, failure) -> ended(sent, receipt, failure));
    }
    acquire(IN_FLIGHT);
    places.release(IN_FLIGHT);
  }

  Queue<Throwable> failures() {
    return failures;
  }

  /** Orders that did not get just their own receipt, just once. */
  int lostOrDoubled() {
    int wrong = 0;
    for (int i = 0; i < receipts.length(); i++) {
      wrong += receipts.get(i) == 1 ? 0 : 1;
    }
    return wrong;
  }

  private void ended(int number, Receipt receipt, Throwable failure) {
    if (failure != null) {
      failures.add(failure);
    } else if (receipt.getOrderId().equals("order-" + number)) {
      receipts.incrementAndGet(number);
    }
    places.release();
  }

  private void acquire(int permits) throws InterruptedException {
    if (!places.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("an order did not end within " + PATIENCE_SECONDS + " s");
    }
  }
}
