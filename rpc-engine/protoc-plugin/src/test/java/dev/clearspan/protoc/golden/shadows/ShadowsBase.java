// Generated from golden/shadows.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.shadows;

import dev.clearspan.rpc.Outgoing;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import org.jspecify.annotations.NullMarked;

/**
 * Serves {@code golden.shadows.Shadows}. Override the methods it has; they run concurrently and may
 * block. A method that is not overridden answers UNIMPLEMENTED.
 *
 * <p>Messages named like classes that the sources use.
 */
@NullMarked
public abstract class ShadowsBase implements RpcService {
  /**
   * Answers {@code golden.shadows.Shadows/ToOptions}.
   *
   * @throws dev.clearspan.rpc.RpcException to answer with its status
   * @throws java.lang.Exception to answer UNKNOWN
   */
  protected CallOptions toOptions(Status request) throws java.lang.Exception {
    throw new dev.clearspan.rpc.RpcException(
        dev.clearspan.rpc.Status.Code.UNIMPLEMENTED,
        "golden.shadows.Shadows/ToOptions is not implemented by this server");
  }

  /**
   * Answers {@code golden.shadows.Shadows/With}.
   *
   * @throws dev.clearspan.rpc.RpcException to answer with its status
   * @throws java.lang.Exception to answer UNKNOWN
   */
  protected RpcException with(CallOptions request) throws java.lang.Exception {
    throw new dev.clearspan.rpc.RpcException(
        dev.clearspan.rpc.Status.Code.UNIMPLEMENTED,
        "golden.shadows.Shadows/With is not implemented by this server");
  }

  /**
   * Answers {@code golden.shadows.Shadows/Replace}.
   *
   * @throws dev.clearspan.rpc.RpcException to answer with its status
   * @throws java.lang.Exception to answer UNKNOWN
   */
  protected Exception replace(Override request) throws java.lang.Exception {
    throw new dev.clearspan.rpc.RpcException(
        dev.clearspan.rpc.Status.Code.UNIMPLEMENTED,
        "golden.shadows.Shadows/Replace is not implemented by this server");
  }

  /**
   * Answers {@code golden.shadows.Shadows/Enumerate}.
   *
   * @throws dev.clearspan.rpc.RpcException to answer with its status
   * @throws java.lang.Exception to answer UNKNOWN
   */
  protected List enumerate(List request) throws java.lang.Exception {
    throw new dev.clearspan.rpc.RpcException(
        dev.clearspan.rpc.Status.Code.UNIMPLEMENTED,
        "golden.shadows.Shadows/Enumerate is not implemented by this server");
  }

  /**
   * Answers {@code golden.shadows.Shadows/Stream}.
   *
   * <p>Returning ends the replies; sending waits for a slow caller.
   *
   * @throws dev.clearspan.rpc.RpcException to answer with its status
   * @throws java.lang.Exception to answer UNKNOWN
   */
  protected void stream(Incoming request, Outgoing<Incoming> replies) throws java.lang.Exception {
    throw new dev.clearspan.rpc.RpcException(
        dev.clearspan.rpc.Status.Code.UNIMPLEMENTED,
        "golden.shadows.Shadows/Stream is not implemented by this server");
  }

  /**
   * Answers {@code golden.shadows.Shadows/Both}.
   *
   * <p>The requests come one by one; returning ends the replies, sending waits for a slow caller.
   *
   * @throws dev.clearspan.rpc.RpcException to answer with its status
   * @throws java.lang.Exception to answer UNKNOWN
   */
  protected void both(dev.clearspan.rpc.Incoming<RpcStream> requests, Outgoing<RpcStream> replies)
      throws java.lang.Exception {
    throw new dev.clearspan.rpc.RpcException(
        dev.clearspan.rpc.Status.Code.UNIMPLEMENTED,
        "golden.shadows.Shadows/Both is not implemented by this server");
  }

  @java.lang.Override
  public final ServiceDefinition definition() {
    return new ServiceDefinition(
        "golden.shadows.Shadows",
        java.util.List.of(
            ServiceDefinition.BoundMethod.unary(ShadowsClient.TO_OPTIONS, this::toOptions),
            ServiceDefinition.BoundMethod.unary(ShadowsClient.WITH, this::with),
            ServiceDefinition.BoundMethod.unary(ShadowsClient.REPLACE, this::replace),
            ServiceDefinition.BoundMethod.unary(ShadowsClient.ENUMERATE, this::enumerate),
            ServiceDefinition.BoundMethod.serverStreaming(ShadowsClient.STREAM, this::stream),
            ServiceDefinition.BoundMethod.bidiStreaming(ShadowsClient.BOTH, this::both)),
        ShadowsOuterClass.getDescriptor());
  }
}
