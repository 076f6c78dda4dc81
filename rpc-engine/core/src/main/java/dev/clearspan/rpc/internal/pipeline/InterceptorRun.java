package dev.clearspan.rpc.internal.pipeline;

import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.Origin;
import dev.clearspan.rpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call's way through the interceptors. Holds each stage to its contract: it proceeds once or
 * answers, and returns a stage. Who breaks it is named in the failure; who never comes back is
 * named by {@link #holder}. Thread-safe.
 */
public final class InterceptorRun<Q, R> {
  private final List<Interceptor> stages;
  private final Interceptor.Next<Q, R> end;
  private final Failing failing;
  private volatile @Nullable Link innermost;
  private volatile boolean beyond;

  /** Turns a failure in a stage into what the next stage outward sees. */
  @FunctionalInterface
  public interface Failing {
    RpcException at(String stage, RpcException failure);
  }

  /**
   * A stage that keeps the call from going on.
   *
   * @param stage its name
   * @param sin what it did or did not do
   */
  public record Holder(String stage, String sin) {}

  /**
   * A run through these stages, first to last.
   *
   * @param end what the last stage proceeds to
   */
  public InterceptorRun(List<Interceptor> stages, Interceptor.Next<Q, R> end, Failing failing) {
    this.stages = stages;
    this.end = end;
    this.failing = failing;
  }

  /** Sends the call through; once. The stage it returns may never complete. */
  public CompletionStage<R> start(CallSpec<Q, R> call, Q request) {
    return enter(0, null, call, request);
  }

  /** The stage that has the call now; null if it has left all of them, inward or outward. */
  public @Nullable Holder holder() {
    Link link = beyond ? null : innermost;
    while (link != null && link.answered) {
      link = link.outer;
    }
    if (link == null) {
      return null;
    }
    return new Holder(
        link.stage.name(),
        link.proceeded.get() ? "holds the reply" : "neither proceeded nor answered");
  }

  private CompletionStage<R> enter(
      int index, @Nullable Link outer, CallSpec<Q, R> call, Q request) {
    if (index == stages.size()) {
      beyond = true;
      return watched(end.proceed(call, request), () -> beyond = false);
    }
    Link link = new Link(index, outer);
    innermost = link;
    return watched(link.run(call, request), () -> link.answered = true);
  }

  /** The very stage, not one that depends on it: stages may cancel what they hold. */
  private static <T> CompletionStage<T> watched(CompletionStage<T> stage, Runnable completed) {
    stage.whenComplete((reply, failure) -> completed.run());
    return stage;
  }

  /** The rest of the way after one stage. */
  private final class Link implements Interceptor.Next<Q, R> {
    private final int index;
    private final Interceptor stage;
    private final @Nullable Link outer;
    private final AtomicBoolean proceeded = new AtomicBoolean();
    private volatile boolean answered;

    private Link(int index, @Nullable Link outer) {
      this.index = index;
      this.stage = stages.get(index);
      this.outer = outer;
    }

    @Override
    public CompletionStage<R> proceed(CallSpec<Q, R> call, Q request) {
      return proceeded.compareAndSet(false, true)
          ? enter(index + 1, this, call, request)
          : broken("proceeded twice (expected: once)", null);
    }

    private CompletionStage<R> run(CallSpec<Q, R> call, Q request) {
      try {
        CompletionStage<R> result = stage.intercept(call, request, this);
        return result != null ? result : broken("returned null (expected: a stage)", null);
      } catch (RpcException e) {
        return failed(e);
      } catch (RuntimeException e) {
        return broken("threw " + e, e);
      }
    }

    private CompletionStage<R> broken(String sin, @Nullable Throwable cause) {
      Status status = Status.of(Status.Code.INTERNAL, "interceptor " + stage.name() + " " + sin);
      return failed(new RpcException(status, Metadata.EMPTY, Origin.LOCAL, null, cause));
    }

    private CompletionStage<R> failed(RpcException failure) {
      return CompletableFuture.failedFuture(failing.at(stage.name(), failure));
    }
  }
}
