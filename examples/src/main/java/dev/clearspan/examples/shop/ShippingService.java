package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.Parcel;
import dev.clearspan.examples.shop.api.ParcelId;
import dev.clearspan.examples.shop.api.ShippingBase;
import java.util.UUID;

/** Books parcels. */
final class ShippingService extends ShippingBase {
  private final Work booking = new Work(2_000, 9_000);

  @Override
  protected ParcelId schedule(Parcel request) {
    booking.perform();
    return ParcelId.newBuilder().setParcelId("parcel-" + UUID.randomUUID()).build();
  }
}
