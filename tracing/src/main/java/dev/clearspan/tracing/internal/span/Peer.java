package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.Callee;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** An instance that calls went to. */
final class Peer {
  final int number;
  final String instance;
  final HostPort address;

  /** The endpoint it is now; a peer is known for longer than its connection lives. */
  private volatile WeakReference<@Nullable Callee> callee = new WeakReference<>(null);

  Peer(int number, AttemptRecord first, String instance) {
    this.number = number;
    this.instance = instance;
    String dialled = first.peerAddress();
    this.address = dialled == null ? new HostPort("", 0) : HostPort.parse(dialled);
  }

  @Nullable Callee callee() {
    return callee.get();
  }

  /** It was reached there just now. */
  Peer at(@Nullable Callee now) {
    if (now != null && !callee.refersTo(now)) {
      callee = new WeakReference<>(now);
    }
    return this;
  }
}
