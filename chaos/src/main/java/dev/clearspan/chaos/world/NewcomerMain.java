package dev.clearspan.chaos.world;

import dev.clearspan.chaos.load.WorkService;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.RpcChannel;
import java.lang.management.ManagementFactory;

/** The main class of a client that starts while something is wrong. */
public final class NewcomerMain {
  private NewcomerMain() {}

  /** Makes so many calls (second argument), and tells how they went. */
  public static void main(String[] arguments) {
    RpcChannel channel = RpcChannel.to(WorkService.NAME, EtcdRegistry.connect(arguments[0]));
    int failed = SteadyCalls.failed(channel, 1);
    long firstMillis =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    failed += SteadyCalls.failed(channel, Integer.parseInt(arguments[1]) - 1);
    System.out.println("called " + firstMillis + " " + failed);
    Runtime.getRuntime().halt(0);
  }
}
