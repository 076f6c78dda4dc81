package dev.clearspan.rpc.endtoend;

import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.rpc.TextCodec;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Echoes text, counts what its handlers see, and fails or blocks where a test wants it. */
final class CounterService implements RpcService {
  static final MethodSpec<String, String> ECHO =
      TextCodec.method("test.Counter/Echo", MethodKind.QUERY, true);
  static final MethodSpec<String, String> WRITE =
      TextCodec.method("test.Counter/Write", MethodKind.WRITE, false);
  static final MethodSpec<String, String> BLOCK =
      TextCodec.method("test.Counter/Block", MethodKind.WRITE, false);

  final AtomicInteger handled = new AtomicInteger();
  final AtomicInteger interrupted = new AtomicInteger();
  private final UnaryHandler<String, String> echo;

  CounterService() {
    this(text -> text);
  }

  /** A service whose Echo does this. */
  CounterService(UnaryHandler<String, String> echo) {
    this.echo = echo;
  }

  @Override
  public ServiceDefinition definition() {
    return new ServiceDefinition(
        "test.Counter",
        List.of(
            BoundMethod.unary(ECHO, counted(echo)),
            BoundMethod.unary(WRITE, counted(text -> text)),
            BoundMethod.unary(BLOCK, counted(this::block))),
        null);
  }

  private UnaryHandler<String, String> counted(UnaryHandler<String, String> handler) {
    return request -> {
      handled.incrementAndGet();
      return handler.handle(request);
    };
  }

  private String block(String request) throws InterruptedException {
    try {
      new CountDownLatch(1).await();
      return request;
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      throw e;
    }
  }
}
