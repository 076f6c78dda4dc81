/** The transport over a {@link dev.clearspan.rpc.network.Network} that was given from outside. */
@NullMarked
package dev.clearspan.rpc.internal.network;

import org.jspecify.annotations.NullMarked;
