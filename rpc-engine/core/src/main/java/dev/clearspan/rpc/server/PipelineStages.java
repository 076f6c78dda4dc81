package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.RpcChannel.Stage;
import java.util.ArrayList;
import java.util.List;

/** The stages a served call runs through, as the console shows them. */
public final class PipelineStages {
  private PipelineStages() {}

  /** Only what there is: {@code encrypted} and {@code callers} are told if they do something. */
  public static List<Stage> of(
      Dispatcher dispatcher,
      List<Interceptor> interceptors,
      boolean encrypted,
      CallerRules callers) {
    List<Stage> stages = new ArrayList<>();
    if (encrypted) {
      stages.add(new Stage("tls", "Decrypts, and knows the caller by its certificate."));
    }
    stages.add(new Stage("frame", "Decodes the request and finds its method."));
    stages.add(
        new Stage(
            "gate", "Refuses calls while draining, over a limit, or when all wait for threads."));
    stages.add(new Stage("deadline", "Answers calls whose time is up and never runs them."));
    stages.add(new Stage("dispatch", dispatcher.description()));
    stages.add(new Stage("ledger", "Records the call and makes its span current."));
    if (!callers.isEmpty()) {
      stages.add(new Stage("allow", "Denies callers that are not on the method's list."));
    }
    interceptors.forEach(each -> stages.add(new Stage(each.name(), each.description())));
    stages.add(new Stage("handler", "Runs the service's code."));
    return List.copyOf(stages);
  }
}
