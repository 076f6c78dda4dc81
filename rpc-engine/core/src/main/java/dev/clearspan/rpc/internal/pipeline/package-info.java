/**
 * How calls go through interceptors, the same on both sides: {@link
 * dev.clearspan.rpc.internal.pipeline.InterceptorRun}.
 */
@NullMarked
package dev.clearspan.rpc.internal.pipeline;

import org.jspecify.annotations.NullMarked;
