package dev.clearspan.rpc.discovery;

import dev.clearspan.protocol.Instance;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Who is where. Thread-safe. No method waits for the registry: what is not known yet arrives by
 * notification, and an unreachable registry is retried for ever.
 */
public interface Discovery extends AutoCloseable {
  /**
   * Registers an instance and keeps it registered.
   *
   * @throws IllegalArgumentException if the instance breaks the registry's rules (names {@code
   *     [a-z0-9._-]{1,63}}, port 1 to 65,535, weight 0 to 10,000); the message names the field
   * @throws UnsupportedOperationException if this discovery only finds, as static and DNS do
   */
  Registration register(Instance instance);

  /**
   * Watches a service. The listener is called with every new complete set, in order, never
   * concurrently for one watch; the first call comes as soon as anything is known (memory, disk
   * snapshot, registry). It must not block.
   */
  Subscription watch(String service, Consumer<InstanceSet> listener);

  /**
   * Stores the descriptors of a server's services, unless they are there already, so that consoles
   * can read and call what they have never seen compiled. A registry with no place for them forgets
   * them.
   *
   * @param fileDescriptorSet a serialized {@code google.protobuf.FileDescriptorSet}, at most 700
   *     KiB; instances refer to it by its SHA-256
   * @return completes when it is stored, which takes as long as the registry is away
   * @throws IllegalArgumentException if it is larger
   */
  default CompletionStage<Void> publishDescriptors(byte[] fileDescriptorSet) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  void close();
}
