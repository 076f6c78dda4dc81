/**
 * Serving calls, whatever protocol brought them: a {@link dev.clearspan.rpc.server.ServerCall} is
 * admitted by the {@link dev.clearspan.rpc.server.CallGate}, handed to a {@link
 * dev.clearspan.rpc.server.Dispatcher}, and answered through its {@link
 * dev.clearspan.rpc.server.ReplySink}. Users start at {@link dev.clearspan.rpc.RpcServer}.
 */
@NullMarked
package dev.clearspan.rpc.server;

import org.jspecify.annotations.NullMarked;
