package dev.clearspan.examples.shop;

import dev.clearspan.examples.await.Await;
import dev.clearspan.examples.shop.api.Entry;
import dev.clearspan.examples.shop.api.FaultSettings;
import dev.clearspan.examples.shop.api.LedgerClient;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.RpcChannel;
import java.time.Duration;

/** Runs a server and calls it, in one process: loads the classes that an instance needs. */
public final class Rehearsal {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int CALLS = 20;

  private Rehearsal() {}

  /**
   * Serves and calls the ledger through the registry.
   *
   * @return whether the calls went through
   */
  public static boolean run(Registry registry) {
    ShopOptions options =
        new ShopOptions(Role.LEDGER, 0, "ledger-1", FaultSettings.getDefaultInstance(), 0);
    try (ShopNode node = ShopNode.start(options, registry);
        RpcChannel channel = RpcChannel.to("ledger", registry)) {
      LedgerClient ledger = LedgerClient.of(channel);
      return Await.that(LIMIT, () -> called(ledger));
    }
  }

  private static boolean called(LedgerClient ledger) {
    for (int i = 0; i < CALLS; i++) {
      ledger.append(Entry.newBuilder().setEntryId("entry-" + i).build());
    }
    return true;
  }
}
