package dev.clearspan.console.policy;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A service's policy as it is stored.
 *
 * @param revision 0 when there is none
 * @param effectiveDefaults what holds where the policy says nothing
 */
public record PolicyDocument(
    String service, long revision, JsonNode policy, JsonNode effectiveDefaults) {}
