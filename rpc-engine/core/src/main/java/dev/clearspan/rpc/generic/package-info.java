/**
 * Calls without generated code, for consoles and tools: {@link
 * dev.clearspan.rpc.generic.GenericCalls} calls any method of a {@link
 * dev.clearspan.rpc.generic.DescriptorPool} with JSON in and out.
 */
@NullMarked
package dev.clearspan.rpc.generic;

import org.jspecify.annotations.NullMarked;
