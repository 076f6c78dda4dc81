package dev.clearspan.rpc.discovery;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.Instance;

/** Instances for tests. */
public final class Instances {
  private Instances() {}

  /** A valid instance of the service at a loopback port. */
  public static Instance of(String service, int port) {
    return Instance.newBuilder()
        .setService(service)
        .setInstanceId("127.0.0.1:" + port)
        .setHost("127.0.0.1")
        .setPort(port)
        .setWeight(100)
        .setIncarnation("i" + port)
        .setStarted(Timestamp.newBuilder().setSeconds(1_000))
        .setState(Instance.State.UP)
        .build();
  }

  /** The same as a registry value. */
  public static String json(String service, int port) {
    return "{\"service\":\"%s\",\"instanceId\":\"127.0.0.1:%d\",\"host\":\"127.0.0.1\",\"port\":%d,\"weight\":100,\"state\":\"UP\"}"
        .formatted(service, port, port);
  }

  /** Its key. */
  public static String key(String service, int port) {
    return "svc/" + service + "/inst/127.0.0.1:" + port;
  }
}
