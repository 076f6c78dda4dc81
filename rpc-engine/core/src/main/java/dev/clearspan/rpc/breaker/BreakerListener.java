package dev.clearspan.rpc.breaker;

/** Hears a breaker change its computed state, on the thread that caused it. Must not block. */
@FunctionalInterface
public interface BreakerListener {
  void changed(Transition transition);
}
