package dev.clearspan.rpc.server;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.rpc.Status;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A service for tests: replies, fails, blocks. Counts what reaches its handlers. */
public final class EchoService implements RpcService {
  public static final MethodSpec<StringValue, StringValue> ECHO = method("Echo");
  public static final MethodSpec<StringValue, StringValue> FAIL = method("Fail");
  public static final MethodSpec<StringValue, StringValue> CRASH = method("Crash");
  public static final MethodSpec<StringValue, StringValue> BLOCK = method("Block");
  public static final MethodSpec<StringValue, StringValue> MISSING = method("Missing");

  public final AtomicInteger handled = new AtomicInteger();
  public final AtomicInteger interrupted = new AtomicInteger();
  public final AtomicInteger hooked = new AtomicInteger();
  public final AtomicBoolean sawCancelled = new AtomicBoolean();
  public final CountDownLatch release = new CountDownLatch(1);

  public static MethodSpec<StringValue, StringValue> method(String name) {
    ProtobufCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    return new MethodSpec<>("test.Echo/" + name, MethodKind.QUERY, true, codec, codec);
  }

  @Override
  public ServiceDefinition definition() {
    return new ServiceDefinition(
        "test.Echo",
        List.of(
            bound(ECHO, request -> request),
            bound(FAIL, this::fail),
            bound(CRASH, this::crash),
            bound(BLOCK, this::block)),
        null);
  }

  private BoundMethod<StringValue, StringValue> bound(
      MethodSpec<StringValue, StringValue> method, UnaryHandler<StringValue, StringValue> handler) {
    return BoundMethod.unary(
        method,
        request -> {
          handled.incrementAndGet();
          return handler.handle(request);
        });
  }

  private StringValue fail(StringValue request) {
    throw new RpcException(Status.Code.NOT_FOUND, "no such thing: " + request.getValue());
  }

  private StringValue crash(StringValue request) {
    throw new IllegalStateException("crashed on " + request.getValue());
  }

  private StringValue block(StringValue request) throws InterruptedException {
    Call call = Call.current();
    if (call == null) {
      throw new IllegalStateException("no current call");
    }
    call.onCancel(hooked::incrementAndGet);
    try {
      release.await();
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      sawCancelled.set(call.isCancelled());
      throw e;
    }
    return request;
  }
}
