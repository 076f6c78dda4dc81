package dev.clearspan.console.findable;

import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Ledgers;
import java.io.IOException;

/** A process that fails whatever it is asked. */
final class StormServer {
  private StormServer() {}

  /** Arguments: etcd, environment, directory for snapshots. */
  public static void main(String[] args) throws IOException {
    ProcessIdentity identity = ProcessIdentity.of(Relay.service(1));
    try (EtcdRegistry registry = Chain.registry(args, identity);
        CallLedger ledger = Ledgers.of(identity);
        RpcServer server =
            RpcServer.builder(Relay.service(1))
                .registry(registry)
                .ledger(ledger)
                .service(new Relay(1, null))
                .start()) {
      System.out.println("port " + server.port());
      new Orders(ledger).obey();
    }
  }
}
