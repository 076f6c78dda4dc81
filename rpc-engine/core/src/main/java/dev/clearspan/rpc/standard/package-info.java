/**
 * gRPC's standard services, which tools and load balancers of any language expect: health checking
 * ({@link dev.clearspan.rpc.standard.HealthService}) and reflection ({@link
 * dev.clearspan.rpc.standard.ReflectionService}). A server offers them by itself.
 */
@NullMarked
package dev.clearspan.rpc.standard;

import org.jspecify.annotations.NullMarked;
