package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.BrowseRequest;
import dev.clearspan.examples.shop.api.Order;
import dev.clearspan.examples.shop.api.OrderId;
import dev.clearspan.examples.shop.api.Receipt;
import dev.clearspan.examples.shop.api.StorefrontClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one shopper does in one round: browse, buy, and every second time look after an order, some
 * of these times by following its parcel.
 */
final class Shopping {
  private static final int MAX_PIECES = 4;
  private static final int LOOKS_PER_FOLLOWING = 8;

  private final StorefrontClient storefront;
  private final AtomicReference<@Nullable String> lastOrder = new AtomicReference<>();

  Shopping(StorefrontClient storefront) {
    this.storefront = storefront;
  }

  /** Whether a first order goes through: the whole shop is there. */
  boolean isOpen() {
    Catalog article = Catalog.ALL.get(0);
    buy(article, 1).toCompletableFuture().join();
    return true;
  }

  /** Starts the calls of one round without waiting for them. */
  List<CompletionStage<?>> round() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    Catalog article = Catalog.ALL.get(random.nextInt(Catalog.ALL.size()));
    CompletionStage<?> browsed =
        storefront.browseAsync(BrowseRequest.newBuilder().setSku(article.sku()).build());
    CompletionStage<?> bought = buy(article, 1 + random.nextInt(MAX_PIECES));
    String order = random.nextBoolean() ? lastOrder.get() : null;
    return order == null
        ? List.of(browsed, bought)
        : List.of(browsed, bought, lookAfter(OrderId.newBuilder().setOrderId(order).build()));
  }

  private CompletionStage<?> lookAfter(OrderId order) {
    return ThreadLocalRandom.current().nextInt(LOOKS_PER_FOLLOWING) == 0
        ? Following.of(storefront, order)
        : storefront.trackAsync(order);
  }

  private CompletionStage<Receipt> buy(Catalog article, int pieces) {
    Order order =
        Order.newBuilder()
            .setOrderId(UUID.randomUUID().toString())
            .setSku(article.sku())
            .setQuantity(pieces)
            .build();
    return storefront
        .checkoutAsync(order)
        .thenApply(
            receipt -> {
              lastOrder.set(receipt.getOrderId());
              return receipt;
            });
  }
}
