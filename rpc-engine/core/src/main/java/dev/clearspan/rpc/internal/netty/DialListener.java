package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.transport.ConnectionState;
import org.jspecify.annotations.Nullable;

/** Hears what becomes of the links that a {@link Dialer} makes; on its loop. */
public interface DialListener {
  /** {@code fault} is set where a link was lost. */
  void stateChanged(ConnectionState state, String cause, @Nullable LinkFault fault);

  /** An attempt to connect is over. */
  void attempted(boolean connected);

  /** A link that was ready is gone; null: as it should be. */
  void disconnected(@Nullable LinkFault fault);
}
