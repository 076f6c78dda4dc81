package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.FaultSettings;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Makes calls of this instance fail or take longer, as told by the service {@code shop.Faults}. */
final class Faults implements Interceptor {
  private static final String STEERING = "shop.Faults";
  private static final int MAX_LATENCY_MILLIS = 60_000;

  private volatile FaultSettings settings;

  Faults(FaultSettings settings) {
    this.settings = checked(settings);
  }

  FaultSettings settings() {
    return settings;
  }

  void set(FaultSettings value) {
    settings = checked(value);
  }

  @Override
  public String name() {
    return "shop-faults";
  }

  @Override
  public String description() {
    return "Fails a share of the calls and delays replies, as set by shop.Faults/Set.";
  }

  @Override
  public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
    if (call.method().serviceName().equals(STEERING)) {
      return next.proceed(call, request);
    }
    FaultSettings now = settings;
    CompletionStage<R> reply =
        ThreadLocalRandom.current().nextDouble() < now.getFailShare()
            ? CompletableFuture.failedFuture(injected(now))
            : next.proceed(call, request);
    return now.getExtraLatencyMillis() == 0 ? reply : delayed(reply, now.getExtraLatencyMillis());
  }

  private static RpcException injected(FaultSettings settings) {
    return new RpcException(
        Status.Code.UNAVAILABLE,
        "injected by shop.Faults: failShare is " + settings.getFailShare());
  }

  /** Delays the reply, not the thread: a slow instance must not run out of threads. */
  private static <R> CompletionStage<R> delayed(CompletionStage<R> reply, int millis) {
    Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    CompletableFuture<R> result = new CompletableFuture<>();
    reply.whenCompleteAsync(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(failure);
          }
        },
        later);
    return result;
  }

  private static FaultSettings checked(FaultSettings value) {
    if (!(value.getFailShare() >= 0 && value.getFailShare() <= 1)) {
      throw new RpcException(
          Status.Code.INVALID_ARGUMENT,
          "failShare: " + value.getFailShare() + " (expected: 0 to 1)");
    }
    int latency = value.getExtraLatencyMillis();
    if (latency < 0 || latency > MAX_LATENCY_MILLIS) {
      throw new RpcException(
          Status.Code.INVALID_ARGUMENT,
          "extraLatencyMillis: " + latency + " (expected: 0 to " + MAX_LATENCY_MILLIS + ")");
    }
    return value;
  }
}
