package dev.clearspan.rpc.interop;

import dev.clearspan.rpc.RpcServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Our client and our server, gRPC between them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClearspanServerInteropTest extends ClientInteropContract {
  private RpcServer server;

  @BeforeAll
  void start() {
    server = RpcServer.builder("interop").service(new InteropService()).start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  int port() {
    return server.port();
  }
}
