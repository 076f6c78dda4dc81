package dev.clearspan.rpc.client;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.BreakerStatus;
import dev.clearspan.protocol.CodePolicy;
import dev.clearspan.protocol.PipelineStage;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ThrottleStatus;
import dev.clearspan.protocol.UnreachableInstance;
import dev.clearspan.rpc.RpcChannel.Stage;
import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.ForcedState;
import dev.clearspan.rpc.client.Routes.Target;
import dev.clearspan.rpc.control.StatusBoard;
import dev.clearspan.rpc.control.StatusBoard.Urgency;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A channel's share of the process' status document. */
final class ChannelStatus implements Consumer<ProcessStatus.Builder> {
  /** Entries of each kind in one document, over all channels. */
  static final int MAX_ENTRIES = 64;

  private final ChannelSettings settings;
  private final EndpointDirectory directory;
  private final Throttles throttles;
  private final ChannelCounters counters;
  private final LeftOutStatus leftOut;
  private final List<Stage> pipeline;

  ChannelStatus(ChannelCore core, ChannelCounters counters, List<Stage> pipeline) {
    this.settings = core.settings();
    this.directory = core.directory();
    this.throttles = core.throttles();
    this.counters = counters;
    this.leftOut = new LeftOutStatus(settings.service(), counters, this::wall);
    this.pipeline = pipeline;
  }

  /** Has the board write the status anew, at once if that is urgent. */
  static void tell(StatusBoard board, Urgency urgency) {
    if (urgency == Urgency.URGENT) {
      board.urgent();
    } else {
      board.changed();
    }
  }

  @Override
  public void accept(ProcessStatus.Builder status) {
    if (!status.getCallsList().contains(settings.service())) {
      status.addCalls(settings.service());
    }
    addPipeline(status);
    throttles.forEachActive((key, share) -> addThrottle(status, key, share));
    addCode(status);
    Routes routes = directory.routes();
    new WeightStatus(settings.service(), routes).addTo(status);
    for (Target target : routes.targets()) {
      addUnreachable(status, target);
      addBreakers(status, target, routes);
    }
    counters.panics.refresh(routes, settings.ticker().nanos());
    leftOut.add(status, routes);
  }

  private void addThrottle(ProcessStatus.Builder status, Throttles.Key key, double share) {
    if (status.getThrottlesCount() < MAX_ENTRIES) {
      status.addThrottles(
          ThrottleStatus.newBuilder()
              .setService(settings.service())
              .setMethod(key.method())
              .setCriticality(key.criticality().label())
              .setShare(share));
    }
  }

  private void addPipeline(ProcessStatus.Builder status) {
    for (Stage stage : pipeline) {
      boolean listed =
          status.getPipelineList().stream().anyMatch(known -> known.getName().equals(stage.name()));
      if (!listed) {
        status.addPipeline(
            PipelineStage.newBuilder().setName(stage.name()).setDescription(stage.description()));
      }
    }
  }

  private void addCode(ProcessStatus.Builder status) {
    Policy policy = settings.policy();
    if (!policy.equals(Policy.getDefaultInstance()) && status.getCodeCount() < MAX_ENTRIES) {
      status.addCode(CodePolicy.newBuilder().setService(settings.service()).setPolicy(policy));
    }
  }

  private void addUnreachable(ProcessStatus.Builder status, Target target) {
    Instant since = target.unreachableSince();
    if (since != null && status.getUnreachableCount() < MAX_ENTRIES) {
      status.addUnreachable(
          UnreachableInstance.newBuilder()
              .setService(settings.service())
              .setInstance(target.endpoint().id())
              .setIncarnation(target.endpoint().address().incarnation())
              .setSince(timestamp(since))
              .setCause(target.cause()));
    }
  }

  private void addBreakers(ProcessStatus.Builder status, Target target, Routes routes) {
    target
        .endpoint()
        .breakers()
        .forEach(
            (method, breaker) -> {
              BreakerView view = breaker.computed();
              ForcedState forced = routes.forced().find(method, target.endpoint().id());
              boolean plain = view.state() == BreakerView.Name.CLOSED && forced == null;
              if (!plain && status.getBreakersCount() < MAX_ENTRIES) {
                status.addBreakers(entry(method, target.endpoint().id(), view, forced));
              }
            });
  }

  private BreakerStatus.Builder entry(
      String method, String instance, BreakerView view, @Nullable ForcedState forced) {
    BreakerStatus.Builder entry =
        BreakerStatus.newBuilder()
            .setService(settings.service())
            .setMethod(method)
            .setInstance(instance)
            .setComputed(BreakerState.valueOf(view.state().name()))
            .setSince(timestamp(wall(view.sinceNanos())))
            .setCause(forced == null ? view.cause() : forced.description());
    if (forced != null) {
      entry.setForced(BreakerState.valueOf(forced.kind().name()));
    }
    if (view.state() == BreakerView.Name.OPEN) {
      entry.setProbeAt(timestamp(wall(view.probeAtNanos())));
    }
    return entry;
  }

  /** A moment on the ticker as wall clock time. */
  private Instant wall(long nanos) {
    return settings.wallClock().instant().plusNanos(nanos - settings.ticker().nanos());
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
