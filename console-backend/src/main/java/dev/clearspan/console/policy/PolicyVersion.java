package dev.clearspan.console.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it once was.
 *
 * @param action how it came about: {@code policy.put}, {@code policy.revert} of a trial, ...
 * @param guarded whether it was on trial
 * @param policy null: the policy was deleted
 */
public record PolicyVersion(
    String auditId,
    long revision,
    Instant at,
    String author,
    String reason,
    String action,
    boolean guarded,
    @Nullable JsonNode policy) {}
