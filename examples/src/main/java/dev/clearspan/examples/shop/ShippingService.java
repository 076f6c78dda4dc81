package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.Parcel;
import dev.clearspan.examples.shop.api.ParcelId;
import dev.clearspan.examples.shop.api.ShippingBase;
import dev.clearspan.examples.shop.api.Station;
import dev.clearspan.rpc.Outgoing;
import java.util.List;
import java.util.UUID;

/** Books parcels and follows them. */
final class ShippingService extends ShippingBase {
  private static final List<String> STATIONS = List.of("packed", "on the road", "at the door");

  private final Work booking = new Work(2_000, 9_000);
  private final Work leg = new Work(1_000, 4_000);

  @Override
  protected ParcelId schedule(Parcel request) {
    booking.perform();
    return ParcelId.newBuilder().setParcelId("parcel-" + UUID.randomUUID()).build();
  }

  @Override
  protected void track(ParcelId request, Outgoing<Station> replies) {
    for (String place : STATIONS) {
      leg.perform();
      replies.send(Station.newBuilder().setParcelId(request.getParcelId()).setPlace(place).build());
    }
  }
}
