/** Dubbo as a peer: {@link dev.clearspan.benchmarks.dubbo.DubboEcho}. */
@NullMarked
package dev.clearspan.benchmarks.dubbo;

import org.jspecify.annotations.NullMarked;
