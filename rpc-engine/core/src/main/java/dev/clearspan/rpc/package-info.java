/**
 * The words a user of Clearspan needs: start with {@link dev.clearspan.rpc.RpcServer} to serve and
 * {@link dev.clearspan.rpc.RpcChannel} to call.
 */
@NullMarked
package dev.clearspan.rpc;

import org.jspecify.annotations.NullMarked;
