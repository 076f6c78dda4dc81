package dev.clearspan.chaos.world;

import dev.clearspan.chaos.load.WorkService;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.RpcServer;
import java.io.IOException;
import java.time.Duration;

/** The main class of a server. */
public final class WorkServerMain {
  private static final Duration WORK = Duration.ofMillis(4);

  private WorkServerMain() {}

  /** Serves on the port (second argument) until SIGTERM, or until its parent ends. */
  public static void main(String[] arguments) throws IOException {
    EtcdRegistry registry = EtcdRegistry.connect(arguments[0]);
    RpcServer server =
        RpcServer.builder(WorkService.NAME)
            .port(Integer.parseInt(arguments[1]))
            .registry(registry)
            .service(new WorkService(WORK))
            .start()
            .stopOnShutdown();
    System.out.println("serving " + server.port());
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    Runtime.getRuntime().halt(1);
  }
}
