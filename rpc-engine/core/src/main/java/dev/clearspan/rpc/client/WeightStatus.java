package dev.clearspan.rpc.client;

import dev.clearspan.protocol.EffectiveWeight;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.client.Routes.Target;
import java.util.List;

/**
 * The weights in force, as the process' status tells them: those that differ from what instances
 * registered. Of a service that is used in part only all that take calls are told, so that the
 * rest, most of a large service, need not be.
 */
final class WeightStatus {
  private static final double ROUNDING = 1e-9;

  private final String service;
  private final Routes routes;
  private final Weighing weighing;

  WeightStatus(String service, Routes routes) {
    this.service = service;
    this.routes = routes;
    this.weighing = routes.weighing();
  }

  void addTo(ProcessStatus.Builder status) {
    int room = ChannelStatus.MAX_ENTRIES - status.getWeightsCount();
    List<Target> taking =
        routes.targets().stream().filter(target -> weighing.of(target) > 0).toList();
    if (isPartial() && taking.size() <= room) {
      status.addPartlyUsed(service);
      taking.forEach(target -> status.addWeights(entry(target)));
      return;
    }
    routes.targets().stream()
        .filter(target -> Math.abs(weighing.of(target) - target.baseWeight()) > ROUNDING)
        .limit(Math.max(0, room))
        .forEach(target -> status.addWeights(entry(target)));
  }

  private boolean isPartial() {
    BalancerSettings balancer = routes.servicePolicy().balancer();
    return balancer.subset() > 0 || balancer.zone().preferred();
  }

  private EffectiveWeight entry(Target target) {
    return EffectiveWeight.newBuilder()
        .setService(service)
        .setInstance(target.endpoint().id())
        .setWeight(weighing.of(target))
        .build();
  }
}
