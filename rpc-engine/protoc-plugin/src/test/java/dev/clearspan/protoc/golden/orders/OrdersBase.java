// Generated from golden/orders.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.orders;

import com.google.protobuf.Empty;
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
 *
 * <p>Streaming: not in this version. Left out: {@code Watch}, {@code Upload}.
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

  @Override
  public final ServiceDefinition definition() {
    return new ServiceDefinition(
        "golden.Orders",
        List.of(
            ServiceDefinition.BoundMethod.unary(OrdersClient.PLACE, this::place),
            ServiceDefinition.BoundMethod.unary(OrdersClient.FIND, this::find),
            ServiceDefinition.BoundMethod.unary(OrdersClient.CHARGE_AT_BANK, this::chargeAtBank)),
        OrdersOuterClass.getDescriptor());
  }
}
