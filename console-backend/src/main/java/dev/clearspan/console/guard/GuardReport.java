package dev.clearspan.console.guard;

import dev.clearspan.console.policy.Guard;
import java.time.Instant;

/**
 * How a change on trial stands.
 *
 * @param revision of the policy on trial
 * @param at when the figures were taken
 */
public record GuardReport(
    String service, long revision, Guard guard, GuardFigures figures, Instant at) {}
