package dev.clearspan.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.examples.shop.api.StorefrontClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Orders through all of the shop's services at full speed, every hop a call over loopback: 6 calls
 * an order. No order is lost or booked twice, nothing leaks, the heap stays flat.
 */
class ShopLoadTest {
  private static final int CALLS = 1_000_000;
  private static final int CALLS_PER_ORDER = 6;
  private static final int ORDERS = (CALLS + CALLS_PER_ORDER - 1) / CALLS_PER_ORDER;

  /** The services remember their latest 10,000 answers each: until then the heap may grow. */
  private static final int WARM_ORDERS = 40_000;

  private static final long FLAT_BYTES = 16L * 1024 * 1024;

  @Test
  @Tag("full")
  void aMillionCalls() throws Exception {
    try (ShopInOneProcess shop = ShopInOneProcess.start()) {
      OrderLoad load = new OrderLoad(StorefrontClient.of(shop.storefront()), ORDERS);
      load.place(0, WARM_ORDERS);
      long before = usedHeap();
      load.place(WARM_ORDERS, ORDERS);
      long growth = usedHeap() - before;

      assertThat(load.failures()).isEmpty();
      assertThat(load.lostOrDoubled()).isZero();
      assertThat(shop.bookings()).as("entries in the ledger").isEqualTo(ORDERS);
      assertThat(shop.inFlight()).as("calls in flight").isZero();
      assertThat(growth).as("heap growth in bytes").isLessThan(FLAT_BYTES);
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
