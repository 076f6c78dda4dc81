/**
 * Who is where: the {@link dev.clearspan.rpc.discovery.Discovery} seam. Implementations inherit the
 * contract test {@code DiscoveryContract} of core's test jar.
 */
@NullMarked
package dev.clearspan.rpc.discovery;

import org.jspecify.annotations.NullMarked;
