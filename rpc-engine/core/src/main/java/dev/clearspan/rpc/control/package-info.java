/**
 * The rules operators set at runtime, and the proof that they are applied. {@link
 * dev.clearspan.rpc.control.ControlPlane} is a process' side of it, {@link
 * dev.clearspan.rpc.control.ControlStore} the operators' side. Contract tests for both are in
 * core's test jar.
 */
@NullMarked
package dev.clearspan.rpc.control;

import org.jspecify.annotations.NullMarked;
