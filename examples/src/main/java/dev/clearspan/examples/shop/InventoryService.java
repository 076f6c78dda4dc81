package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.InventoryBase;
import dev.clearspan.examples.shop.api.Reservation;
import dev.clearspan.examples.shop.api.ReservationId;
import dev.clearspan.examples.shop.api.Sku;
import dev.clearspan.examples.shop.api.Stock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** The stock of this instance's warehouse, which is filled up when it runs low. */
final class InventoryService extends InventoryBase {
  private static final long FULL = 1_000_000;
  private static final long LOW = 1_000;

  private final Work lookUp = new Work(300, 2_000);
  private final Work update = new Work(800, 5_000);
  private final Map<Catalog, AtomicLong> free = new EnumMap<>(Catalog.class);
  private final Answers<Reservation> reserved = new Answers<>();
  private final Answers<Stock> released = new Answers<>();

  InventoryService() {
    Catalog.ALL.forEach(article -> free.put(article, new AtomicLong(FULL)));
  }

  @Override
  protected Stock check(Sku request) {
    lookUp.perform();
    return stock(request.getSku(), 0);
  }

  @Override
  protected Stock reserve(Reservation request) throws Exception {
    update.perform();
    reserved.once(
        request.getReservationId(),
        () -> {
          stock(request.getSku(), -request.getQuantity());
          return request;
        });
    return stock(request.getSku(), 0);
  }

  @Override
  protected Stock release(ReservationId request) throws Exception {
    update.perform();
    String id = request.getReservationId();
    return released.once(
        id,
        () ->
            reserved
                .find(id)
                .map(reservation -> stock(reservation.getSku(), reservation.getQuantity()))
                .orElse(Stock.getDefaultInstance()));
  }

  private Stock stock(String sku, long change) {
    long left = shelf(sku).updateAndGet(pieces -> pieces + change < LOW ? FULL : pieces + change);
    return Stock.newBuilder().setSku(sku).setFree(left).build();
  }

  private AtomicLong shelf(String sku) {
    return Objects.requireNonNull(free.get(Catalog.bySku(sku)));
  }
}
