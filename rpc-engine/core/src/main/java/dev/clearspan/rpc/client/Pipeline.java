package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.RpcChannel.Stage;
import java.util.ArrayList;
import java.util.List;

/** The stages of a client call, by the names that errors give. */
final class Pipeline {
  static final String DEADLINE = "deadline";
  static final String THROTTLE = "throttle";
  static final String RETRY = "retry";
  static final String FAULT = "fault";
  static final String FALLBACK = "fallback";
  static final String BALANCER = "balancer";
  static final String BREAKER = "breaker";
  static final String TRANSPORT = "transport";

  /** Where a call ended that the server answered. */
  static final String SERVER = "server";

  /** Where a call ended that an interceptor answered by itself. */
  static final String INTERCEPTORS = "interceptors";

  private Pipeline() {}

  /** All stages, first to last, the channel's interceptors among them. */
  static List<Stage> stages(List<Interceptor> interceptors) {
    List<Stage> stages = new ArrayList<>();
    stages.add(
        new Stage(
            DEADLINE,
            "Bounds the call by its own wish, the deadline it inherits and the policy's maximum."));
    for (Interceptor interceptor : interceptors) {
      stages.add(new Stage(interceptor.name(), interceptor.description()));
    }
    stages.add(new Stage(FALLBACK, "Puts a reply in place of the failures that the policy names."));
    stages.add(
        new Stage(
            THROTTLE, "Refuses by chance what servers would refuse, while they refuse a lot."));
    stages.add(new Stage(FAULT, "Delays or fails a share of calls, where an operator wants it."));
    stages.add(
        new Stage(
            RETRY, "Opens attempts: again, or one beside another, where that is safe and paid."));
    stages.add(
        new Stage(BALANCER, "Picks an endpoint by weight and load from the discovery snapshot."));
    stages.add(
        new Stage(BREAKER, "Refuses calls to what keeps failing or what an operator has shut."));
    stages.add(
        new Stage(TRANSPORT, "Encodes the request, sends it in one write and awaits the reply."));
    return List.copyOf(stages);
  }
}
