// Generated from golden/orders.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.orders;

import com.google.protobuf.Empty;
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
 * Calls {@code golden.Orders}. Immutable and thread-safe.
 *
 * <p>Takes orders &amp; keeps them; a comment with {@code code}, &lt;tags&gt;, an &#64; sign and
 * *&#47; in it.
 *
 * <p>Its second paragraph is long enough to be wrapped by the formatter, because a line of Javadoc
 * ends at column 100.
 */
@NullMarked
public final class OrdersClient {
  /** {@code golden.Orders/Place}. */
  public static final MethodSpec<Order, Receipt> PLACE =
      new MethodSpec<>(
          "golden.Orders/Place",
          MethodKind.WRITE,
          true,
          ProtobufCodec.of(Order.getDefaultInstance()),
          ProtobufCodec.of(Receipt.getDefaultInstance()));

  /** {@code golden.Orders/Find}. */
  public static final MethodSpec<Order, Order> FIND =
      new MethodSpec<>(
          "golden.Orders/Find",
          MethodKind.QUERY,
          true,
          ProtobufCodec.of(Order.getDefaultInstance()),
          ProtobufCodec.of(Order.getDefaultInstance()));

  /** {@code golden.Orders/ChargeAtBank}. */
  public static final MethodSpec<Order, Empty> CHARGE_AT_BANK =
      new MethodSpec<>(
          "golden.Orders/ChargeAtBank",
          MethodKind.EXTERNAL,
          false,
          ProtobufCodec.of(Order.getDefaultInstance()),
          ProtobufCodec.of(Empty.getDefaultInstance()));

  /** {@code golden.Orders/Watch}. */
  public static final MethodSpec<Order, Receipt> WATCH =
      new MethodSpec<>(
          "golden.Orders/Watch",
          MethodShape.SERVER_STREAMING,
          MethodKind.QUERY,
          false,
          ProtobufCodec.of(Order.getDefaultInstance()),
          ProtobufCodec.of(Receipt.getDefaultInstance()));

  /** {@code golden.Orders/Upload}. */
  public static final MethodSpec<Order, Receipt> UPLOAD =
      new MethodSpec<>(
          "golden.Orders/Upload",
          MethodShape.CLIENT_STREAMING,
          MethodKind.WRITE,
          false,
          ProtobufCodec.of(Order.getDefaultInstance()),
          ProtobufCodec.of(Receipt.getDefaultInstance()));

  /** {@code golden.Orders/Haggle}. */
  public static final MethodSpec<Order, Receipt> HAGGLE =
      new MethodSpec<>(
          "golden.Orders/Haggle",
          MethodShape.BIDI_STREAMING,
          MethodKind.WRITE,
          true,
          ProtobufCodec.of(Order.getDefaultInstance()),
          ProtobufCodec.of(Receipt.getDefaultInstance()));

  private final RpcChannel channel;
  private final CallOptions options;

  private OrdersClient(RpcChannel channel, CallOptions options) {
    this.channel = channel;
    this.options = options;
  }

  /** Calls over the channel, which stays the caller's to close. */
  public static OrdersClient of(RpcChannel channel) {
    return new OrdersClient(channel, CallOptions.DEFAULT);
  }

  /** The same client with these options for each call. */
  public OrdersClient with(CallOptions options) {
    return new OrdersClient(channel, options);
  }

  /** The same client, each of whose calls may take this long, retries included. */
  public OrdersClient withDeadline(Duration deadline) {
    return with(options.withDeadline(deadline));
  }

  /**
   * Places an order. The same order twice is placed once.
   *
   * @throws RpcException if the call did not end with OK
   */
  public Receipt place(Order request) {
    return channel.call(PLACE, request, options);
  }

  /**
   * Places an order. The same order twice is placed once.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<Receipt> placeAsync(Order request) {
    return channel.callAsync(PLACE, request, options);
  }

  /**
   * Finds an order by its id.
   *
   * @throws RpcException if the call did not end with OK
   */
  public Order find(Order request) {
    return channel.call(FIND, request, options);
  }

  /**
   * Finds an order by its id.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<Order> findAsync(Order request) {
    return channel.callAsync(FIND, request, options);
  }

  /**
   * Calls {@code golden.Orders/ChargeAtBank}.
   *
   * @throws RpcException if the call did not end with OK
   */
  public Empty chargeAtBank(Order request) {
    return channel.call(CHARGE_AT_BANK, request, options);
  }

  /**
   * Calls {@code golden.Orders/ChargeAtBank}.
   *
   * <p>The stage fails with {@link RpcException} only; cancelling its future cancels the call.
   */
  public CompletionStage<Empty> chargeAtBankAsync(Order request) {
    return channel.callAsync(CHARGE_AT_BANK, request, options);
  }

  /**
   * Tells the receipts of an order as they come.
   *
   * <p>The replies come one by one: receiving waits, and throws {@link RpcException} unless the
   * call ends with OK. Closing them ends the call.
   */
  public Incoming<Receipt> watch(Order request) {
    return channel.stream(WATCH, request, options);
  }

  /**
   * Tells the receipts of an order as they come.
   *
   * <p>Never waits. Replies are heard as far as they are requested there.
   */
  public StreamSender<Order> watchAsync(Order request, StreamReceiver<Receipt> replies) {
    return channel.stream(WATCH, request, options, replies);
  }

  /**
   * Places many orders.
   *
   * <p>Send the requests on the stream; {@code finishAndReceive} waits for the reply. Both throw
   * {@link RpcException} unless the call ends with OK. Closing the stream ends the call.
   */
  public RpcStream<Order, Receipt> upload() {
    return channel.open(UPLOAD, options);
  }

  /**
   * Places many orders.
   *
   * <p>Never waits: send on what is returned. Replies are heard as far as they are requested there.
   */
  public StreamSender<Order> uploadAsync(StreamReceiver<Receipt> replies) {
    return channel.open(UPLOAD, options, replies);
  }

  /**
   * Calls {@code golden.Orders/Haggle}.
   *
   * <p>Send the requests on the stream; receive the replies. Both throw {@link RpcException} unless
   * the call ends with OK. Closing the stream ends the call.
   */
  public RpcStream<Order, Receipt> haggle() {
    return channel.open(HAGGLE, options);
  }

  /**
   * Calls {@code golden.Orders/Haggle}.
   *
   * <p>Never waits: send on what is returned. Replies are heard as far as they are requested there.
   */
  public StreamSender<Order> haggleAsync(StreamReceiver<Receipt> replies) {
    return channel.open(HAGGLE, options, replies);
  }
}
