// Generated from golden/orders.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.orders;

import com.google.protobuf.Empty;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
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
 *
 * <p>Streaming: not in this version. Left out: {@code Watch}, {@code Upload}.
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
}
