package dev.clearspan.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.examples.demo.ShopPlan.Edge;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopPlanTest {
  @Test
  void plan_isTheShopOfTheDocumentation() {
    List<ShopPlan.Member> members = ShopPlan.members(new Ports(true), 40);
    assertThat(members)
        .extracting(ShopPlan.Member::id)
        .containsExactlyInAnyOrder(
            "storefront-1",
            "orders-1",
            "inventory-1",
            "inventory-2",
            "inventory-3",
            "payments-1",
            "payments-2",
            "payments-3",
            "shipping-1",
            "shipping-2",
            "ledger-1",
            "shopper-1");
    assertThat(members).extracting(ShopPlan.Member::port).doesNotHaveDuplicates();
  }

  @Test
  void edges_areWhoCallsWhom() {
    assertThat(ShopPlan.edges())
        .containsExactlyInAnyOrder(
            new Edge("shopper", "storefront"),
            new Edge("storefront", "orders"),
            new Edge("orders", "inventory"),
            new Edge("orders", "payments"),
            new Edge("orders", "shipping"),
            new Edge("payments", "ledger"));
  }
}
