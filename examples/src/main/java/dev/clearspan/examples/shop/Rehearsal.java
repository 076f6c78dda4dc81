package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.Entry;
import dev.clearspan.examples.shop.api.FaultSettings;
import dev.clearspan.examples.shop.api.LedgerClient;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.RpcChannel;
import java.time.Duration;

/** Runs a server and calls it, in one process: loads the classes that an instance needs. */
public final class Rehearsal {
  private static final int CALLS = 20;

  private Rehearsal() {}

  /** Serves and calls the ledger through the registry. */
  public static void run(Registry registry) {
    ShopOptions options =
        new ShopOptions(Role.LEDGER, 0, "ledger-1", FaultSettings.getDefaultInstance(), 0);
    try (ShopNode node = ShopNode.start(options, registry);
        RpcChannel channel = RpcChannel.to("ledger", registry)) {
      CallOptions patient = CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(10));
      LedgerClient ledger = LedgerClient.of(channel).with(patient);
      for (int i = 0; i < CALLS; i++) {
        ledger.append(Entry.newBuilder().setEntryId("entry-" + i).build());
      }
    }
  }
}
