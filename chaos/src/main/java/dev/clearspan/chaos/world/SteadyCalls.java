package dev.clearspan.chaos.world;

import com.google.protobuf.StringValue;
import dev.clearspan.chaos.load.WorkService;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import java.time.Duration;

/** Calls one after another. */
final class SteadyCalls {
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(30));

  private SteadyCalls() {}

  /** Makes the calls and tells how many of them failed. */
  static int failed(RpcChannel channel, int calls) {
    int failed = 0;
    for (int i = 0; i < calls; i++) {
      try {
        var unused = channel.call(WorkService.LOOK, StringValue.of("look " + i), PATIENT);
      } catch (RpcException e) {
        failed++;
      }
    }
    return failed;
  }
}
