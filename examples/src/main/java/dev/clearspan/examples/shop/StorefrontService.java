package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.Article;
import dev.clearspan.examples.shop.api.BrowseRequest;
import dev.clearspan.examples.shop.api.Offer;
import dev.clearspan.examples.shop.api.Order;
import dev.clearspan.examples.shop.api.OrderId;
import dev.clearspan.examples.shop.api.OrdersClient;
import dev.clearspan.examples.shop.api.QuoteRequest;
import dev.clearspan.examples.shop.api.Receipt;
import dev.clearspan.examples.shop.api.Station;
import dev.clearspan.examples.shop.api.StorefrontBase;
import dev.clearspan.rpc.Outgoing;

/** What shoppers talk to. */
final class StorefrontService extends StorefrontBase {
  private final OrdersClient orders;

  StorefrontService(OrdersClient orders) {
    this.orders = orders;
  }

  @Override
  protected Article browse(BrowseRequest request) {
    Catalog article = Catalog.bySku(request.getSku());
    QuoteRequest quote = QuoteRequest.newBuilder().setSku(article.sku()).build();
    Offer offer = Step.of("quoting", () -> orders.quote(quote));
    return Article.newBuilder()
        .setSku(article.sku())
        .setTitle(article.title())
        .setPrice(offer.getPrice())
        .setAvailable(offer.getInStock() > 0)
        .build();
  }

  @Override
  protected Receipt checkout(Order request) {
    return Step.of("placing order " + request.getOrderId(), () -> orders.place(request));
  }

  @Override
  protected Receipt track(OrderId request) {
    return Step.of("finding order " + request.getOrderId(), () -> orders.find(request));
  }

  @Override
  protected void follow(OrderId request, Outgoing<Station> replies) {
    Step.relay("following order " + request.getOrderId(), () -> orders.follow(request), replies);
  }
}
