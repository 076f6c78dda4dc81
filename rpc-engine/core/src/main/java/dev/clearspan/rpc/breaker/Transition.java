package dev.clearspan.rpc.breaker;

/**
 * A breaker's change of its computed state.
 *
 * @param detail the cause in words for people, such as "5 failures in a row, last INTERNAL"
 */
public record Transition(
    BreakerView.Name from, BreakerView.Name to, TransitionCause cause, String detail) {}
