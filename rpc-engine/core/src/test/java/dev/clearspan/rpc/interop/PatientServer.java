package dev.clearspan.rpc.interop;

import com.google.protobuf.util.Durations;
import dev.clearspan.protocol.LimitPolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.control.FakeRegistry;

/**
 * A server whose calls may wait a minute for a thread: what is tested is the protocol, and bursts
 * of large calls on a machine that does something else as well are no overload here.
 */
final class PatientServer {
  private static final String SERVICE = "interop";

  private PatientServer() {}

  static RpcServer start(InteropService service) {
    FakeRegistry registry = new FakeRegistry(SERVICE, SERVICE);
    LimitPolicy limit = LimitPolicy.newBuilder().setMaxQueue(Durations.fromMinutes(1)).build();
    registry.policy(
        ServicePolicy.newBuilder().setService(Policy.newBuilder().setLimit(limit)).build());
    return RpcServer.builder(SERVICE).service(service).registry(registry).start();
  }
}
