// Generated from golden/words.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.awkward;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;

/** Calls {@code golden.awkward.Nothing}. Immutable and thread-safe. */
@NullMarked
public final class NothingClient {
  private final RpcChannel channel;
  private final CallOptions options;

  private NothingClient(RpcChannel channel, CallOptions options) {
    this.channel = channel;
    this.options = options;
  }

  /** Calls over the channel, which stays the caller's to close. */
  public static NothingClient of(RpcChannel channel) {
    return new NothingClient(channel, CallOptions.DEFAULT);
  }

  /** The same client with these options for each call. */
  public NothingClient with(CallOptions options) {
    return new NothingClient(channel, options);
  }

  /** The same client, each of whose calls may take this long, retries included. */
  public NothingClient withDeadline(Duration deadline) {
    return with(options.withDeadline(deadline));
  }
}
