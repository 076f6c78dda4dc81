package dev.clearspan.rpc.interop;

import dev.clearspan.rpc.RpcServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Our client against our own server, both speaking gRPC. */
class OwnServerInteropTest extends ClientInteropContract {
  private static RpcServer server;

  @BeforeAll
  static void start() {
    server = PatientServer.start(new InteropService());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  int port() {
    return server.port();
  }
}
