package dev.clearspan.rpc.endtoend;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.RpcServer;

/** Servers as their registry entries. */
final class Servers {
  private Servers() {}

  static Instance instance(String service, RpcServer server) {
    return instance(
        service, server.identity().instanceId(), server.identity().processId(), server.port());
  }

  static Instance instance(String service, String id, String incarnation, int port) {
    return Instance.newBuilder()
        .setService(service)
        .setInstanceId(id)
        .setIncarnation(incarnation)
        .setHost("127.0.0.1")
        .setPort(port)
        .setWeight(100)
        .setState(Instance.State.UP)
        .build();
  }
}
