package dev.clearspan.console.change;

import java.time.Instant;

/**
 * A change that was made.
 *
 * @param revision the registry's revision that contains it; processes acknowledge it
 * @param auditId the row that tells who made it and why
 */
public record ChangeResult(String service, long revision, String auditId, Instant at) {}
