package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.RpcChannel.Stage;
import java.util.ArrayList;
import java.util.List;

/** The stages a served call runs through, as the console shows them. */
public final class PipelineStages {
  private PipelineStages() {}

  public static List<Stage> of(Dispatcher dispatcher, List<Interceptor> interceptors) {
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stage("frame", "Decodes the request and finds its method."));
    stages.add(new Stage("gate", "Refuses calls while draining or over the in-flight limit."));
    stages.add(new Stage("deadline", "Answers calls whose time is up and never runs them."));
    stages.add(new Stage("dispatch", dispatcher.description()));
    stages.add(new Stage("ledger", "Records the call and makes its span current."));
    interceptors.forEach(each -> stages.add(new Stage(each.name(), each.description())));
    stages.add(new Stage("handler", "Runs the service's code."));
    return List.copyOf(stages);
  }
}
