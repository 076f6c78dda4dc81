package dev.clearspan.rpc.server;

import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.Handler;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.pipeline.InterceptorRun;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A method the server offers: its handler behind its interceptors. */
public final class ServedMethod<Q, R> {
  private static final long SLOW_NANOS = 1_000_000;
  private static final int SLOW_STEP = 8;
  private static final int SLOW_SCORE = 32;
  private static final int MOST_SCORE = 64;

  private final MethodSpec<Q, R> spec;
  private final Handler<Q, R> handler;
  private final @Nullable UnaryHandler<Q, R> unary;
  private final List<Interceptor> interceptors;
  private final Terms terms;
  private final boolean shed;
  // A hint, so races do not matter. Up with slow calls, down with others: one call that lost its
  // core for a moment says nothing of the method.
  private int slowness;

  private ServedMethod(BoundMethod<Q, R> bound, List<Interceptor> interceptors, Terms terms) {
    this.spec = bound.method();
    this.handler = bound.handler();
    this.unary = handler instanceof UnaryHandler<Q, R> present ? present : null;
    this.interceptors = List.copyOf(interceptors);
    this.terms = terms;
    this.shed = unary != null && !terms.onLoop && !isHealthCheck(spec);
  }

  /** An overloaded server must not be taken for a dead one. */
  private static boolean isHealthCheck(MethodSpec<?, ?> spec) {
    return spec.fullName().startsWith("grpc.health.v1.Health/");
  }

  /**
   * What holds for a method's calls beside its contract.
   *
   * @param onLoop whether they run on the event loop
   * @param sideEffectFree whether they only look
   * @param callers who may make them; null: everybody
   */
  record Terms(boolean onLoop, boolean sideEffectFree, @Nullable Set<String> callers) {}

  /** The bound method behind the interceptors, the first of which is the outermost. */
  static <Q, R> ServedMethod<Q, R> of(
      BoundMethod<Q, R> bound, List<Interceptor> interceptors, Terms terms) {
    MethodShape shape = bound.method().shape();
    if (bound.handler() instanceof UnaryHandler<Q, R> && shape != MethodShape.UNARY) {
      throw new IllegalArgumentException(
          "%s is %s: a unary handler (expected: a StreamHandler or an AsyncHandler)"
              .formatted(bound.method().fullName(), shape));
    }
    return new ServedMethod<>(bound, interceptors, terms);
  }

  public MethodSpec<Q, R> spec() {
    return spec;
  }

  /**
   * Whether its handler turns one request into one reply: its calls are {@link ServerCall}s. All
   * others, also of unary shape, are {@link ServerStream}s.
   */
  public boolean isUnary() {
    return unary != null;
  }

  /**
   * Whether its calls are load, and may be refused when there is too much of it: those that wait
   * for a thread of the dispatcher. Streams, calls on the loop and health checks are not.
   */
  boolean isShed() {
    return shed;
  }

  Handler<Q, R> handler() {
    return handler;
  }

  /** The call as the interceptors let it through. */
  CallSpec<Q, R> opened(CallSpec<Q, R> call) {
    CallSpec<Q, R> opened = call;
    for (Interceptor interceptor : interceptors) {
      opened = interceptor.open(opened);
      if (opened == null) {
        throw nothingFrom(interceptor);
      }
    }
    return opened;
  }

  /** Whether it only looks, so that it may be called by what is cached and repeated at will. */
  public boolean isSideEffectFree() {
    return terms.sideEffectFree;
  }

  /** Why this caller may not call it, or null if it may. */
  @Nullable Status denial(@Nullable String identity) {
    Set<String> callers = terms.callers;
    if (callers == null || (identity != null && callers.contains(identity))) {
      return null;
    }
    String who = identity == null ? "a caller without a certificate's name" : identity;
    return Status.of(Status.Code.PERMISSION_DENIED, who + " may not call " + spec.fullName());
  }

  /** Whether the handler asked to run on the event loop; it must never block. */
  public boolean onLoop() {
    return terms.onLoop;
  }

  /** Whether recent calls took so long that others should not wait behind one in a chunk. */
  public boolean isSlow() {
    return slowness > SLOW_SCORE;
  }

  void took(long nanos) {
    if (nanos > SLOW_NANOS) {
      slowness = Math.min(MOST_SCORE, slowness + SLOW_STEP);
    } else if (slowness > 0) {
      slowness--;
    }
  }

  boolean isIntercepted() {
    return !interceptors.isEmpty();
  }

  R handle(Q request) throws Exception {
    return unary().handle(request);
  }

  /** A way for one call through the interceptors to the handler. */
  InterceptorRun<Q, R> run(InterceptorRun.Failing failing) {
    return new InterceptorRun<>(interceptors, last(unary()), failing);
  }

  private UnaryHandler<Q, R> unary() {
    if (unary == null) {
      throw new IllegalStateException(spec.fullName() + " has no unary handler");
    }
    return unary;
  }

  private static <Q, R> Interceptor.Next<Q, R> last(UnaryHandler<Q, R> handler) {
    return (call, request) -> {
      try {
        return CompletableFuture.completedFuture(handler.handle(request));
      } catch (Exception e) {
        return CompletableFuture.failedFuture(e);
      }
    };
  }

  private static RpcException nothingFrom(Interceptor interceptor) {
    return new RpcException(
        Status.Code.INTERNAL,
        "interceptor " + interceptor.name() + " returned null (expected: a call)");
  }
}
