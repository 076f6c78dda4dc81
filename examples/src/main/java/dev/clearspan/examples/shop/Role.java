package dev.clearspan.examples.shop;

import dev.clearspan.examples.cli.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an instance of the shop is. */
public enum Role {
  STOREFRONT,
  ORDERS,
  INVENTORY,
  PAYMENTS,
  SHIPPING,
  LEDGER,
  /** Drives load; serves its own rate only and is not registered. */
  SHOPPER;

  /** The name in the registry. */
  public String service() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Names of the services this one calls. */
  public List<String> calls() {
    return switch (this) {
      case STOREFRONT -> List.of("orders");
      case ORDERS -> List.of("inventory", "payments", "shipping");
      case PAYMENTS -> List.of("ledger");
      case SHOPPER -> List.of("storefront");
      case INVENTORY, SHIPPING, LEDGER -> List.of();
    };
  }

  static Role of(String name) {
    return Arrays.stream(values())
        .filter(role -> role.service().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException("role: " + name + " (expected: " + names() + ")"));
  }

  static String names() {
    return Arrays.stream(values()).map(Role::service).collect(Collectors.joining(", "));
  }
}
