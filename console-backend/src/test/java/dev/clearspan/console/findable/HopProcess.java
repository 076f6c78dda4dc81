package dev.clearspan.console.findable;

import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import java.io.IOException;

/** A process that is one hop of the chain, until its standard input ends. */
final class HopProcess {
  private HopProcess() {}

  /** Arguments: etcd, environment, directory for snapshots, number of this hop, of the last one. */
  public static void main(String[] args) throws IOException {
    int hop = Integer.parseInt(args[3]);
    boolean last = hop == Integer.parseInt(args[4]);
    try (EtcdRegistry registry = Chain.registry(args, ProcessIdentity.of(Relay.service(hop)));
        RpcChannel next = last ? null : RpcChannel.to(Relay.service(hop + 1), registry);
        RpcServer server =
            RpcServer.builder(Relay.service(hop))
                .registry(registry)
                .service(new Relay(hop, next))
                .start()) {
      System.out.println("port " + server.port());
      Chain.untilInputEnds();
    }
  }
}
