// Generated from golden/words.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.awkward;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Incoming;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.NullMarked;

/**
 * Calls {@code golden.awkward.Words}. Immutable and thread-safe.
 *
 * <p>Its name is that of the outer class.
 */
@SuppressWarnings("deprecation")
@NullMarked
public final class WordsClient {
  /** {@code golden.awkward.Words/New}. */
  public static final MethodSpec<
          WordsOuterClass.Awkward.Inner, WordsOuterClass.Awkward.Inner.Innermost>
      NEW =
          new MethodSpec<>(
              "golden.awkward.Words/New",
              MethodKind.WRITE,
              false,
              ProtobufCodec.of(WordsOuterClass.Awkward.Inner.getDefaultInstance()),
              ProtobufCodec.of(WordsOuterClass.Awkward.Inner.Innermost.getDefaultInstance()));

  /** {@code golden.awkward.Words/new}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> NEW_ =
      new MethodSpec<>(
          "golden.awkward.Words/new",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/Get}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> GET =
      new MethodSpec<>(
          "golden.awkward.Words/Get",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/GetAsync}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> GET_ASYNC =
      new MethodSpec<>(
          "golden.awkward.Words/GetAsync",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/get_it_2now}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> GET_IT2_NOW =
      new MethodSpec<>(
          "golden.awkward.Words/get_it_2now",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/HTTPPing}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> HTTP_PING =
      new MethodSpec<>(
          "golden.awkward.Words/HTTPPing",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/GetClass}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> GET_CLASS =
      new MethodSpec<>(
          "golden.awkward.Words/GetClass",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/Equals}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> EQUALS =
      new MethodSpec<>(
          "golden.awkward.Words/Equals",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/Definition}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> DEFINITION =
      new MethodSpec<>(
          "golden.awkward.Words/Definition",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/With}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> WITH =
      new MethodSpec<>(
          "golden.awkward.Words/With",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/Of}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> OF =
      new MethodSpec<>(
          "golden.awkward.Words/Of",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/HashCode}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> HASH_CODE =
      new MethodSpec<>(
          "golden.awkward.Words/HashCode",
          MethodShape.CLIENT_STREAMING,
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/Wait}. */
  public static final MethodSpec<WordsOuterClass.Awkward, WordsOuterClass.Awkward> WAIT =
      new MethodSpec<>(
          "golden.awkward.Words/Wait",
          MethodShape.BIDI_STREAMING,
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/NotifyEverybodyWhoAsked}. */
  public static final MethodSpec<
          WordsOuterClass.Awkward.Inner, WordsOuterClass.Awkward.Inner.Innermost>
      NOTIFY_EVERYBODY_WHO_ASKED =
          new MethodSpec<>(
              "golden.awkward.Words/NotifyEverybodyWhoAsked",
              MethodShape.SERVER_STREAMING,
              MethodKind.WRITE,
              false,
              ProtobufCodec.of(WordsOuterClass.Awkward.Inner.getDefaultInstance()),
              ProtobufCodec.of(WordsOuterClass.Awkward.Inner.Innermost.getDefaultInstance()));

  /** {@code golden.awkward.Words/Forget}. */
  public static final MethodSpec<WordsOuterClass.Old, WordsOuterClass.Awkward> FORGET =
      new MethodSpec<>(
          "golden.awkward.Words/Forget",
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Old.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  /** {@code golden.awkward.Words/ForgetAll}. */
  public static final MethodSpec<WordsOuterClass.Old, WordsOuterClass.Awkward> FORGET_ALL =
      new MethodSpec<>(
          "golden.awkward.Words/ForgetAll",
          MethodShape.BIDI_STREAMING,
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(WordsOuterClass.Old.getDefaultInstance()),
          ProtobufCodec.of(WordsOuterClass.Awkward.getDefaultInstance()));

  private final RpcChannel channel;
  private final CallOptions options;

  private WordsClient(RpcChannel channel, CallOptions options) {
    this.channel = channel;
    this.options = options;
  }

  /** Calls over the channel, which stays the caller's to close. */
  public static WordsClient of(RpcChannel channel) {
    return new WordsClient(channel, CallOptions.DEFAULT);
  }

  /** The same client with these options for each call. */
  public WordsClient with(CallOptions options) {
    return new WordsClient(channel, options);
  }

  /** The same client, each of whose calls may take this long, retries included. */
  public WordsClient withDeadline(Duration deadline) {
    return with(options.withDeadline(deadline));
  }

  /**
   * Calls {@code golden.awkward.Words/New}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward.Inner.Innermost new_(WordsOuterClass.Awkward.Inner request) {
    return channel.call(NEW, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/New}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward.Inner.Innermost> new_Async(
      WordsOuterClass.Awkward.Inner request) {
    return channel.callAsync(NEW, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/new}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward new__(WordsOuterClass.Awkward request) {
    return channel.call(NEW_, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/new}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> new__Async(WordsOuterClass.Awkward request) {
    return channel.callAsync(NEW_, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Get}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward get(WordsOuterClass.Awkward request) {
    return channel.call(GET, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Get}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> getAsync(WordsOuterClass.Awkward request) {
    return channel.callAsync(GET, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/GetAsync}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward getAsync_(WordsOuterClass.Awkward request) {
    return channel.call(GET_ASYNC, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/GetAsync}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> getAsync_Async(WordsOuterClass.Awkward request) {
    return channel.callAsync(GET_ASYNC, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/get_it_2now}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward getIt2Now(WordsOuterClass.Awkward request) {
    return channel.call(GET_IT2_NOW, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/get_it_2now}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> getIt2NowAsync(WordsOuterClass.Awkward request) {
    return channel.callAsync(GET_IT2_NOW, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/HTTPPing}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward hTTPPing(WordsOuterClass.Awkward request) {
    return channel.call(HTTP_PING, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/HTTPPing}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> hTTPPingAsync(WordsOuterClass.Awkward request) {
    return channel.callAsync(HTTP_PING, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/GetClass}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward getClass(WordsOuterClass.Awkward request) {
    return channel.call(GET_CLASS, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/GetClass}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> getClassAsync(WordsOuterClass.Awkward request) {
    return channel.callAsync(GET_CLASS, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Equals}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward equals(WordsOuterClass.Awkward request) {
    return channel.call(EQUALS, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Equals}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> equalsAsync(WordsOuterClass.Awkward request) {
    return channel.callAsync(EQUALS, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Definition}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward definition(WordsOuterClass.Awkward request) {
    return channel.call(DEFINITION, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Definition}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> definitionAsync(WordsOuterClass.Awkward request) {
    return channel.callAsync(DEFINITION, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/With}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward with(WordsOuterClass.Awkward request) {
    return channel.call(WITH, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/With}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> withAsync(WordsOuterClass.Awkward request) {
    return channel.callAsync(WITH, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Of}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public WordsOuterClass.Awkward of(WordsOuterClass.Awkward request) {
    return channel.call(OF, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Of}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<WordsOuterClass.Awkward> ofAsync(WordsOuterClass.Awkward request) {
    return channel.callAsync(OF, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/HashCode}.
   *
   * <p>Send the requests on the stream; {@code finishAndReceive} waits for the reply. Both throw
   * {@link RpcException} unless the call ends with OK. Closing the stream ends the call.
   */
  public RpcStream<WordsOuterClass.Awkward, WordsOuterClass.Awkward> hashCode_() {
    return channel.open(HASH_CODE, options);
  }

  /**
   * Calls {@code golden.awkward.Words/HashCode}.
   *
   * <p>Never waits: send on what is returned. Replies are heard as far as they are requested there.
   */
  public StreamSender<WordsOuterClass.Awkward> hashCode_Async(
      StreamReceiver<WordsOuterClass.Awkward> replies) {
    return channel.open(HASH_CODE, options, replies);
  }

  /**
   * Calls {@code golden.awkward.Words/Wait}.
   *
   * <p>Send the requests on the stream; receive the replies. Both throw {@link RpcException} unless
   * the call ends with OK. Closing the stream ends the call.
   */
  public RpcStream<WordsOuterClass.Awkward, WordsOuterClass.Awkward> wait_() {
    return channel.open(WAIT, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Wait}.
   *
   * <p>Never waits: send on what is returned. Replies are heard as far as they are requested there.
   */
  public StreamSender<WordsOuterClass.Awkward> wait_Async(
      StreamReceiver<WordsOuterClass.Awkward> replies) {
    return channel.open(WAIT, options, replies);
  }

  /**
   * Calls {@code golden.awkward.Words/NotifyEverybodyWhoAsked}.
   *
   * <p>The replies come one by one: receiving waits, and throws {@link RpcException} unless the
   * call ends with OK. Closing them ends the call.
   */
  public Incoming<WordsOuterClass.Awkward.Inner.Innermost> notifyEverybodyWhoAsked(
      WordsOuterClass.Awkward.Inner request) {
    return channel.stream(NOTIFY_EVERYBODY_WHO_ASKED, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/NotifyEverybodyWhoAsked}.
   *
   * <p>Never waits. Replies are heard as far as they are requested there.
   */
  public StreamSender<WordsOuterClass.Awkward.Inner> notifyEverybodyWhoAskedAsync(
      WordsOuterClass.Awkward.Inner request,
      StreamReceiver<WordsOuterClass.Awkward.Inner.Innermost> replies) {
    return channel.stream(NOTIFY_EVERYBODY_WHO_ASKED, request, options, replies);
  }

  /**
   * Calls {@code golden.awkward.Words/Forget}.
   *
   * @throws RpcException if the call did not end with OK
   */
  @Deprecated
  public WordsOuterClass.Awkward forget(WordsOuterClass.Old request) {
    return channel.call(FORGET, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/Forget}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  @Deprecated
  public CompletionStage<WordsOuterClass.Awkward> forgetAsync(WordsOuterClass.Old request) {
    return channel.callAsync(FORGET, request, options);
  }

  /**
   * Calls {@code golden.awkward.Words/ForgetAll}.
   *
   * <p>Send the requests on the stream; receive the replies. Both throw {@link RpcException} unless
   * the call ends with OK. Closing the stream ends the call.
   */
  @Deprecated
  public RpcStream<WordsOuterClass.Old, WordsOuterClass.Awkward> forgetAll() {
    return channel.open(FORGET_ALL, options);
  }

  /**
   * Calls {@code golden.awkward.Words/ForgetAll}.
   *
   * <p>Never waits: send on what is returned. Replies are heard as far as they are requested there.
   */
  @Deprecated
  public StreamSender<WordsOuterClass.Old> forgetAllAsync(
      StreamReceiver<WordsOuterClass.Awkward> replies) {
    return channel.open(FORGET_ALL, options, replies);
  }
}
