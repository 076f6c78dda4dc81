package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.stream.BlockingStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The channel users hold: opens the ledger's record, sets the deadline, and sends the call through
 * the interceptors, if there are any, into its attempts.
 */
final class ServiceChannel implements RpcChannel {
  private static final Failure INTERRUPTED =
      Failure.local(
          Status.Code.CANCELLED, "interrupted while waiting for the reply", Pipeline.TRANSPORT);

  private final ChannelCore core;
  private final List<Stage> pipeline;
  private final ChannelWiring wiring;

  ServiceChannel(ChannelCore core, List<Stage> pipeline, ChannelWiring wiring) {
    this.core = core;
    this.pipeline = pipeline;
    this.wiring = wiring;
  }

  @Override
  public String service() {
    return core.settings().service();
  }

  @Override
  public List<Stage> pipeline() {
    return pipeline;
  }

  @Override
  public <Q, R> R call(MethodSpec<Q, R> method, Q request, CallOptions options) {
    OpenCall<R> call = start(method, request, options, Completion.WAITING_CALLER);
    try {
      return call.get();
    } catch (ExecutionException e) {
      throw atCaller(e);
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw INTERRUPTED.withCause(e).at(call.site(Pipeline.TRANSPORT));
    }
  }

  @Override
  public <Q, R> CompletionStage<R> callAsync(
      MethodSpec<Q, R> method, Q request, CallOptions options) {
    return start(method, request, options, Completion.CONTINUATIONS);
  }

  @Override
  public <Q, R> RpcStream<Q, R> open(MethodSpec<Q, R> method, CallOptions options) {
    BlockingStream<Q, R> stream = new BlockingStream<>();
    return stream.on(open(method, options, stream));
  }

  @Override
  public <Q, R> StreamSender<Q> open(
      MethodSpec<Q, R> method, CallOptions options, StreamReceiver<R> receiver) {
    long now = core.ticker().nanos();
    CallLedger.ClientCall ledger = core.settings().ledger().beginCall(method, service());
    core.counters().active.increment();
    Call serving = Call.current();
    CallSpec<?, ?> served = serving == null ? null : serving.spec();
    CallSpec<Q, R> spec =
        spec(
            method,
            options,
            deadline(method, options, served, now),
            criticality(options, served),
            ledger.traceId(),
            attemptOf(served));
    StreamCall<Q, R> call =
        new StreamCall<>(core, spec, options.replyMetadata(), receiver, ledger, now);
    if (serving != null) {
      call.servedBy(ServingLink.between(serving, call));
    }
    call.start();
    return call;
  }

  @Override
  public void close() {
    if (core.close()) {
      core.directory().close();
      wiring.close();
    }
  }

  private <Q, R> OpenCall<R> start(
      MethodSpec<Q, R> method, Q request, CallOptions options, Completion completion) {
    long now = core.ticker().nanos();
    CallLedger.ClientCall ledger = core.settings().ledger().beginCall(method, service());
    core.counters().active.increment();
    Call serving = Call.current();
    CallSpec<?, ?> served = serving == null ? null : serving.spec();
    Deadline deadline = deadline(method, options, served, now);
    Criticality criticality = criticality(options, served);
    if (!core.settings().interceptors().isEmpty()) {
      CallSpec<Q, R> spec =
          spec(method, options, deadline, criticality, ledger.traceId(), attemptOf(served));
      return intercepted(spec, request, options.replyMetadata(), ledger, serving, now);
    }
    UnaryCall<Q, R> call =
        new UnaryCall<>(
            core,
            method,
            request,
            options.metadata(),
            criticality,
            options.replyMetadata(),
            ledger,
            now,
            completion);
    if (serving != null) {
      ServingLink.tie(serving, call);
    }
    if (attemptOf(served) > 1) {
      call.forRepeated();
    }
    call.start(deadline.atNanos());
    return call;
  }

  private <Q, R> OpenCall<R> intercepted(
      CallSpec<Q, R> spec,
      Q request,
      @Nullable ReplyMetadata replyMetadata,
      CallLedger.ClientCall ledger,
      @Nullable Call serving,
      long now) {
    InterceptedCall<Q, R> call = new InterceptedCall<>(core, spec, replyMetadata, ledger, now);
    if (serving != null) {
      ServingLink.tie(serving, call);
    }
    call.start(request);
    return call;
  }

  private <Q, R> CallSpec<Q, R> spec(
      MethodSpec<Q, R> method,
      CallOptions options,
      Deadline deadline,
      Criticality criticality,
      String traceId,
      int attempt) {
    return new CallSpec<>(
        CallSpec.Side.CLIENT,
        method,
        options.metadata(),
        deadline,
        service(),
        traceId,
        criticality,
        attempt);
  }

  private static int attemptOf(@Nullable CallSpec<?, ?> served) {
    return served == null ? 1 : served.attempt();
  }

  private static Criticality criticality(CallOptions options, @Nullable CallSpec<?, ?> served) {
    Criticality own = options.criticality();
    if (own != null) {
      return own;
    }
    return served == null ? Criticality.CRITICAL : served.criticality();
  }

  private Deadline deadline(
      MethodSpec<?, ?> method, CallOptions options, @Nullable CallSpec<?, ?> served, long now) {
    MethodRoute route = core.directory().routes().route(method.fullName());
    long time = route.policy().deadline().callNanos(method.kind(), options.deadline());
    Deadline own = new Deadline(now + time);
    return served == null ? own : own.min(served.deadline());
  }

  /** The failure with the waiting caller's stack trace, which is the one its reader needs. */
  private static RpcException atCaller(ExecutionException failure) {
    if (failure.getCause() instanceof RpcException e) {
      return new RpcException(e.status(), e.metadata(), e.origin(), e.site(), e);
    }
    throw new IllegalStateException("a call failed with something else", failure);
  }
}
