// Generated from golden/orders.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.orders;

import com.google.protobuf.Empty;
import dev.clearspan.rpc.Incoming;
import dev.clearspan.rpc.Outgoing;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.Status;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * Serves {@code golden.Orders}. Override the methods it has; they run concurrently and may block. A
 * method that is not overridden answers UNIMPLEMENTED.
 *
 * <p>Takes orders &amp; keeps them; a comment with {@code code}, &lt;tags&gt;, an &#64; sign and
 * *&#47; in it.
 *
 * <p>Its second paragraph is long enough to be wrapped by the formatter, because a line of Javadoc
 * ends at column 100.
 */
@NullMarked
public abstract class OrdersBase implements RpcService {
  /**
   * Places an order. The same order twice is placed once.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected Receipt place(Order request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.Orders/Place is not implemented by this server");
  }

  /**
   * Finds an order by its id.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected Order find(Order request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.Orders/Find is not implemented by this server");
  }

  /**
   * Answers {@code golden.Orders/ChargeAtBank}.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected Empty chargeAtBank(Order request) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.Orders/ChargeAtBank is not implemented by this server");
  }

  /**
   * Tells the receipts of an order as they come.
   *
   * <p>Returning ends the replies; sending waits for a slow caller.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected void watch(Order request, Outgoing<Receipt> replies) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.Orders/Watch is not implemented by this server");
  }

  /**
   * Places many orders.
   *
   * <p>The requests come one by one; what is returned is the reply.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected Receipt upload(Incoming<Order> requests) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.Orders/Upload is not implemented by this server");
  }

  /**
   * Answers {@code golden.Orders/Haggle}.
   *
   * <p>The requests come one by one; returning ends the replies, sending waits for a slow caller.
   *
   * @throws RpcException to answer with its status
   * @throws Exception to answer UNKNOWN
   */
  protected void haggle(Incoming<Order> requests, Outgoing<Receipt> replies) throws Exception {
    throw new RpcException(
        Status.Code.UNIMPLEMENTED, "golden.Orders/Haggle is not implemented by this server");
  }

  @Override
  public final ServiceDefinition definition() {
    return new ServiceDefinition(
        "golden.Orders",
        List.of(
            ServiceDefinition.BoundMethod.unary(OrdersClient.PLACE, this::place),
            ServiceDefinition.BoundMethod.unary(OrdersClient.FIND, this::find),
            ServiceDefinition.BoundMethod.unary(OrdersClient.CHARGE_AT_BANK, this::chargeAtBank),
            ServiceDefinition.BoundMethod.serverStreaming(OrdersClient.WATCH, this::watch),
            ServiceDefinition.BoundMethod.clientStreaming(OrdersClient.UPLOAD, this::upload),
            ServiceDefinition.BoundMethod.bidiStreaming(OrdersClient.HAGGLE, this::haggle)),
        OrdersOuterClass.getDescriptor());
  }
}
