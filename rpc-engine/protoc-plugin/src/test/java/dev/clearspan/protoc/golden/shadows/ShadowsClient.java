// Generated from golden/shadows.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.shadows;

import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.NullMarked;

/**
 * Calls {@code golden.shadows.Shadows}. Immutable and thread-safe.
 *
 * <p>Messages named like classes that the sources use.
 */
@NullMarked
public final class ShadowsClient {
  /** {@code golden.shadows.Shadows/ToOptions}. */
  public static final MethodSpec<Status, CallOptions> TO_OPTIONS =
      new MethodSpec<>(
          "golden.shadows.Shadows/ToOptions",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(Status.getDefaultInstance()),
          ProtobufCodec.of(CallOptions.getDefaultInstance()));

  /** {@code golden.shadows.Shadows/With}. */
  public static final MethodSpec<CallOptions, RpcException> WITH =
      new MethodSpec<>(
          "golden.shadows.Shadows/With",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(CallOptions.getDefaultInstance()),
          ProtobufCodec.of(RpcException.getDefaultInstance()));

  /** {@code golden.shadows.Shadows/Replace}. */
  public static final MethodSpec<Override, Exception> REPLACE =
      new MethodSpec<>(
          "golden.shadows.Shadows/Replace",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(Override.getDefaultInstance()),
          ProtobufCodec.of(Exception.getDefaultInstance()));

  /** {@code golden.shadows.Shadows/Enumerate}. */
  public static final MethodSpec<List, List> ENUMERATE =
      new MethodSpec<>(
          "golden.shadows.Shadows/Enumerate",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(List.getDefaultInstance()),
          ProtobufCodec.of(List.getDefaultInstance()));

  /** {@code golden.shadows.Shadows/Stream}. */
  public static final MethodSpec<Incoming, Incoming> STREAM =
      new MethodSpec<>(
          "golden.shadows.Shadows/Stream",
          MethodShape.SERVER_STREAMING,
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(Incoming.getDefaultInstance()),
          ProtobufCodec.of(Incoming.getDefaultInstance()));

  /** {@code golden.shadows.Shadows/Both}. */
  public static final MethodSpec<RpcStream, RpcStream> BOTH =
      new MethodSpec<>(
          "golden.shadows.Shadows/Both",
          MethodShape.BIDI_STREAMING,
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(RpcStream.getDefaultInstance()),
          ProtobufCodec.of(RpcStream.getDefaultInstance()));

  private final RpcChannel channel;
  private final dev.clearspan.rpc.CallOptions options;

  private ShadowsClient(RpcChannel channel, dev.clearspan.rpc.CallOptions options) {
    this.channel = channel;
    this.options = options;
  }

  /** Calls over the channel, which stays the caller's to close. */
  public static ShadowsClient of(RpcChannel channel) {
    return new ShadowsClient(channel, dev.clearspan.rpc.CallOptions.DEFAULT);
  }

  /** The same client with these options for each call. */
  public ShadowsClient with(dev.clearspan.rpc.CallOptions options) {
    return new ShadowsClient(channel, options);
  }

  /** The same client, each of whose calls may take this long, retries included. */
  public ShadowsClient withDeadline(Duration deadline) {
    return with(options.withDeadline(deadline));
  }

  /**
   * Calls {@code golden.shadows.Shadows/ToOptions}.
   *
   * @throws dev.clearspan.rpc.RpcException if the call did not end with OK
   */
  public CallOptions toOptions(Status request) {
    return channel.call(TO_OPTIONS, request, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/ToOptions}.
   *
   * <p>The stage fails with {@link dev.clearspan.rpc.RpcException} only; cancelling its future
   * cancels the call.
   */
  public CompletionStage<CallOptions> toOptionsAsync(Status request) {
    return channel.callAsync(TO_OPTIONS, request, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/With}.
   *
   * @throws dev.clearspan.rpc.RpcException if the call did not end with OK
   */
  public RpcException with(CallOptions request) {
    return channel.call(WITH, request, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/With}.
   *
   * <p>The stage fails with {@link dev.clearspan.rpc.RpcException} only; cancelling its future
   * cancels the call.
   */
  public CompletionStage<RpcException> withAsync(CallOptions request) {
    return channel.callAsync(WITH, request, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/Replace}.
   *
   * @throws dev.clearspan.rpc.RpcException if the call did not end with OK
   */
  public Exception replace(Override request) {
    return channel.call(REPLACE, request, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/Replace}.
   *
   * <p>The stage fails with {@link dev.clearspan.rpc.RpcException} only; cancelling its future
   * cancels the call.
   */
  public CompletionStage<Exception> replaceAsync(Override request) {
    return channel.callAsync(REPLACE, request, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/Enumerate}.
   *
   * @throws dev.clearspan.rpc.RpcException if the call did not end with OK
   */
  public List enumerate(List request) {
    return channel.call(ENUMERATE, request, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/Enumerate}.
   *
   * <p>The stage fails with {@link dev.clearspan.rpc.RpcException} only; cancelling its future
   * cancels the call.
   */
  public CompletionStage<List> enumerateAsync(List request) {
    return channel.callAsync(ENUMERATE, request, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/Stream}.
   *
   * <p>The replies come one by one: receiving waits, and throws {@link
   * dev.clearspan.rpc.RpcException} unless the call ends with OK. Closing them ends the call.
   */
  public dev.clearspan.rpc.Incoming<Incoming> stream(Incoming request) {
    return channel.stream(STREAM, request, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/Stream}.
   *
   * <p>Never waits. Replies are heard as far as they are requested there.
   */
  public StreamSender<Incoming> streamAsync(Incoming request, StreamReceiver<Incoming> replies) {
    return channel.stream(STREAM, request, options, replies);
  }

  /**
   * Calls {@code golden.shadows.Shadows/Both}.
   *
   * <p>Send the requests on the stream; receive the replies. Both throw {@link
   * dev.clearspan.rpc.RpcException} unless the call ends with OK. Closing the stream ends the call.
   */
  public dev.clearspan.rpc.RpcStream<RpcStream, RpcStream> both() {
    return channel.open(BOTH, options);
  }

  /**
   * Calls {@code golden.shadows.Shadows/Both}.
   *
   * <p>Never waits: send on what is returned. Replies are heard as far as they are requested there.
   */
  public StreamSender<RpcStream> bothAsync(StreamReceiver<RpcStream> replies) {
    return channel.open(BOTH, options, replies);
  }
}
