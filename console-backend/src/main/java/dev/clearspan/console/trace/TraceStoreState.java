package dev.clearspan.console.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How full a store is.
 *
 * @param traces traces kept, counted by their first appearance; one that spans two time slices
 *     counts twice
 * @param spans spans kept
 * @param bytes size on disk
 * @param oldest when the oldest kept data arrived, null when empty
 * @param retentionHours age after which data is dropped
 * @param maxBytes size beyond which the oldest data is dropped
 * @param corruptFragments stored fragments that failed their checksum when read
 * @param notice what an operator must know, such as a corrupt file that was moved aside; empty if
 *     nothing
 */
public record TraceStoreState(
    long traces,
    long spans,
    long bytes,
    @Nullable Instant oldest,
    int retentionHours,
    long maxBytes,
    long corruptFragments,
    String notice) {}
