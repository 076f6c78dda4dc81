package dev.clearspan.rpc.server;

import dev.clearspan.rpc.RpcServer;
import java.util.concurrent.TimeUnit;

/** The process of {@link ShutdownIT}: serves until it is told to end. */
final class ShutdownServer {
  private ShutdownServer() {}

  public static void main(String[] args) throws InterruptedException {
    EchoService service = new EchoService();
    RpcServer server = RpcServer.builder("echo").service(service).start().stopOnShutdown();
    System.out.println(server.port());
    Thread release = new Thread(() -> releaseLater(service), "release");
    release.setDaemon(true);
    Runtime.getRuntime().addShutdownHook(release);
    server.awaitTermination();
  }

  /** Blocked handlers go on a while after the signal, so that one is in flight meanwhile. */
  private static void releaseLater(EchoService service) {
    try {
      boolean early = service.release.await(700, TimeUnit.MILLISECONDS);
      System.out.println(early ? "early" : "released");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    service.release.countDown();
  }
}
