package dev.clearspan.chaos.load;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import java.time.Duration;
import java.util.List;

/** What the servers do: a look, which may be repeated, and a booking, which may not. */
public final class WorkService implements RpcService {
  /** The service's name in the registry. */
  public static final String NAME = "work";

  public static final MethodSpec<StringValue, StringValue> LOOK =
      method("Look", MethodKind.QUERY, true);
  public static final MethodSpec<StringValue, StringValue> BOOK =
      method("Book", MethodKind.WRITE, false);

  private final Duration takes;

  /**
   * The service.
   *
   * @param takes how long a call is worked on: so that some are in flight at any moment
   */
  public WorkService(Duration takes) {
    this.takes = takes;
  }

  private static MethodSpec<StringValue, StringValue> method(
      String name, MethodKind kind, boolean idempotent) {
    ProtobufCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    return new MethodSpec<>("chaos.Work/" + name, kind, idempotent, codec, codec);
  }

  @Override
  public ServiceDefinition definition() {
    return new ServiceDefinition(
        "chaos.Work",
        List.of(BoundMethod.unary(LOOK, this::work), BoundMethod.unary(BOOK, this::work)),
        null);
  }

  private StringValue work(StringValue request) throws InterruptedException {
    Thread.sleep(takes.toMillis());
    return request;
  }
}
