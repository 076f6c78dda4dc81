/**
 * Lets grpc-java code move over without regenerating: {@link dev.clearspan.bridge.GrpcServices}
 * serves its services, {@link dev.clearspan.bridge.GrpcChannels} carries its stubs.
 */
@NullMarked
package dev.clearspan.bridge;

import org.jspecify.annotations.NullMarked;
