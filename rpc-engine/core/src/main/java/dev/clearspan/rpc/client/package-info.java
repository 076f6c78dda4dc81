/**
 * The calling side of a call: {@link dev.clearspan.rpc.client.ServiceChannel} takes it, {@link
 * dev.clearspan.rpc.client.UnaryCall} carries it through its attempts, {@link
 * dev.clearspan.rpc.client.EndpointDirectory} knows where they can go. Users come in by {@link
 * dev.clearspan.rpc.RpcChannel#builder}.
 */
@NullMarked
package dev.clearspan.rpc.client;

import org.jspecify.annotations.NullMarked;
