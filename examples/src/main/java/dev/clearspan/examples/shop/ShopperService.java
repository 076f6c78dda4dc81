package dev.clearspan.examples.shop;

import com.google.protobuf.Empty;
import dev.clearspan.examples.shop.api.LoadSettings;
import dev.clearspan.examples.shop.api.LoadState;
import dev.clearspan.examples.shop.api.ShopperBase;

/** Steers the load. */
final class ShopperService extends ShopperBase {
  private final Load load;

  ShopperService(Load load) {
    this.load = load;
  }

  @Override
  protected LoadState set(LoadSettings request) {
    load.setRate(request.getOrdersPerSecond());
    return load.state();
  }

  @Override
  protected LoadState get(Empty request) {
    return load.state();
  }
}
