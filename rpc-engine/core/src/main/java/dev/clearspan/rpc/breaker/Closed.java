package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;

/**
 * Every call passes. The failures in a row are part of the state, so that the one that is too many
 * opens in the same step that counts it: nobody can end a row that has been counted as complete.
 */
record Closed(ClosedSpell spell, int failuresInRow) implements BreakerState {
  @Override
  public boolean permits(long nowNanos) {
    return true;
  }

  @Override
  public Permit acquire(long nowNanos) {
    return spell;
  }

  @Override
  public BreakerView view() {
    return spell.view();
  }
}
