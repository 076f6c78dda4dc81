/** Faults put in on purpose: {@link dev.clearspan.rpc.fault.Fault}. */
@NullMarked
package dev.clearspan.rpc.fault;

import org.jspecify.annotations.NullMarked;
