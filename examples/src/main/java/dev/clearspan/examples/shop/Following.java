package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.OrderId;
import dev.clearspan.examples.shop.api.Station;
import dev.clearspan.examples.shop.api.StorefrontClient;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.StreamReceiver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A shopper who looks at each station of a parcel until it has arrived. */
final class Following implements StreamReceiver<Station> {
  private static final int MORE_THAN_THERE_ARE = 100;

  private final CompletableFuture<Void> arrived = new CompletableFuture<>();

  private Following() {}

  /** Completes when the parcel has arrived, or fails with what went wrong. */
  static CompletionStage<Void> of(StorefrontClient storefront, OrderId order) {
    Following following = new Following();
    storefront.followAsync(order, following).request(MORE_THAN_THERE_ARE);
    return following.arrived;
  }

  @Override
  public void message(Station station) {}

  @Override
  public void ended(@Nullable RpcException failure, Metadata trailers) {
    if (failure == null) {
      arrived.complete(null);
    } else {
      arrived.completeExceptionally(failure);
    }
  }
}
