package dev.clearspan.console.preview;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.preview.Scene.KnownCaller;
import dev.clearspan.console.preview.Scene.KnownInstance;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.ServicePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Scenes of one service with three instances and one caller of one process. */
final class Scenes {
  static final String METHOD = "shop.Orders/Find";
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  static final List<KnownInstance> THREE =
      List.of(
          new KnownInstance("a", 100, "z1", true),
          new KnownInstance("b", 200, "z1", true),
          new KnownInstance("c", 700, "z2", true));

  private Scenes() {}

  static Preview forecast(String current, String draft, CallSteps... steps) {
    return Forecast.of(scene(current, draft, steps));
  }

  static Scene scene(String current, String draft, CallSteps... steps) {
    return new Scene(
        "orders",
        7,
        policy(current),
        policy(draft),
        Json.lenient("{'retry':{'maxAttempts':3}}".replace('\'', '"')),
        List.of(steps),
        THREE,
        Map.of("storefront", new KnownCaller(List.of("z1"))),
        NOON);
  }

  static ServicePolicy policy(String json) {
    ServicePolicy.Builder policy = ServicePolicy.newBuilder();
    try {
      JsonFormat.parser().merge(json.replace('\'', '"'), policy);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(json, e);
    }
    return policy.build();
  }
}
