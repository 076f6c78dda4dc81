package dev.clearspan.console.policy;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A service's policy as it is stored.
 *
 * @param revision 0 when there is none
 * @param policy its rules
 * @param guard null unless it is on trial
 * @param effectiveDefaults what holds where the policy says nothing
 */
public record PolicyDocument(
    String service,
    long revision,
    JsonNode policy,
    @Nullable Guard guard,
    JsonNode effectiveDefaults) {}
