package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.Money;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.util.List;

/** What the shop sells. */
enum Catalog {
  TEAPOT("tea-01", "Teapot, cast iron", 5_900),
  KETTLE("ket-02", "Kettle, 1 l", 3_450),
  CUP("cup-03", "Cup, stoneware", 1_250),
  SENCHA("sen-04", "Sencha, 100 g", 1_680),
  WHISK("whi-05", "Matcha whisk", 2_200);

  static final List<Catalog> ALL = List.of(values());

  private final String sku;
  private final String title;
  private final long minorUnits;

  Catalog(String sku, String title, long minorUnits) {
    this.sku = sku;
    this.title = title;
    this.minorUnits = minorUnits;
  }

  static Catalog bySku(String sku) {
    return ALL.stream()
        .filter(article -> article.sku.equals(sku))
        .findFirst()
        .orElseThrow(
            () ->
                new RpcException(
                    Status.Code.NOT_FOUND, "sku: " + sku + " (expected: one like tea-01)"));
  }

  String sku() {
    return sku;
  }

  String title() {
    return title;
  }

  Money price(int quantity) {
    return Money.newBuilder().setCurrency("EUR").setMinorUnits(minorUnits * quantity).build();
  }
}
