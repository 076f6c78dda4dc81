package dev.clearspan.console.findable;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hop of a chain: passes what it is asked on to the next one, and then does what the order says
 * of it. Orders are texts: {@code fail@2}, {@code slow@3}, {@code go}.
 */
final class Relay implements RpcService {
  static final String GO = "go";

  /** Longer than {@link #SLOW_THRESHOLD}, far shorter than the deadline. */
  static final Duration SLOWNESS = Duration.ofMillis(400);

  static final String SLOW_THRESHOLD = "0.200s";
  static final CallOptions PATIENT = CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(30));

  private final int hop;
  private final @Nullable RpcChannel next;

  Relay(int hop, @Nullable RpcChannel next) {
    this.hop = hop;
    this.next = next;
  }

  static String service(int hop) {
    return "hop-" + hop;
  }

  static MethodSpec<StringValue, StringValue> pass(int hop) {
    ProtobufCodec<StringValue> codec = ProtobufCodec.of(StringValue.getDefaultInstance());
    return new MethodSpec<>("hops.Hop" + hop + "/Pass", MethodKind.WRITE, false, codec, codec);
  }

  @Override
  public ServiceDefinition definition() {
    return new ServiceDefinition(
        "hops.Hop" + hop, List.of(BoundMethod.unary(pass(hop), this::handle)), null);
  }

  private StringValue handle(StringValue order) throws InterruptedException {
    StringValue answer = next == null ? order : next.call(pass(hop + 1), order, PATIENT);
    if (order.getValue().equals("fail@" + hop)) {
      throw new RpcException(Status.Code.INTERNAL, "told to fail");
    }
    if (order.getValue().equals("slow@" + hop)) {
      Thread.sleep(SLOWNESS.toMillis()); // the slowness that is to be found
    }
    return answer;
  }
}
