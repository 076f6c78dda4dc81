package dev.clearspan.chaos.world;

import com.google.protobuf.StringValue;
import dev.clearspan.chaos.load.WorkService;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** The main class of a client that follows many services and calls one. */
public final class CensusMain {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private CensusMain() {}

  /** Follows services s0, s1, ... (second argument: how many) of so many instances each (third). */
  public static void main(String[] arguments) throws InterruptedException {
    int services = Integer.parseInt(arguments[1]);
    long expected = (long) services * Integer.parseInt(arguments[2]);
    EtcdRegistry registry = EtcdRegistry.connect(arguments[0]);
    RpcChannel channel = RpcChannel.to(WorkService.NAME, registry);
    AtomicLongArray known = new AtomicLongArray(services);
    for (int i = 0; i < services; i++) {
      int service = i;
      var unused = registry.watch("s" + i, set -> known.set(service, set.instances().size()));
    }
    var unused =
        channel.call(
            WorkService.LOOK, StringValue.of("first"), CallOptions.DEFAULT.withDeadline(LIMIT));
    long called = sinceStart();
    Until.met(LIMIT, "all instances known", () -> sum(known) >= expected);
    System.out.printf("knows %d %d %d %d%n", called, sinceStart(), sum(known), liveKib());
    Runtime.getRuntime().halt(0);
  }

  private static long sum(AtomicLongArray counts) {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  private static long sinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  private static long liveKib() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
  }
}
