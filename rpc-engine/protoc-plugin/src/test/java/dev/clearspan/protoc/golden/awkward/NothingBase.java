// Generated from golden/words.proto by Clearspan's protoc plugin. Do not edit.
package dev.clearspan.protoc.golden.awkward;

import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * Serves {@code golden.awkward.Nothing}. Override the methods it has; they run concurrently and may
 * block. A method that is not overridden answers UNIMPLEMENTED.
 */
@NullMarked
public abstract class NothingBase implements RpcService {
  @Override
  public final ServiceDefinition definition() {
    return new ServiceDefinition(
        "golden.awkward.Nothing", List.of(), WordsOuterClass.getDescriptor());
  }
}
