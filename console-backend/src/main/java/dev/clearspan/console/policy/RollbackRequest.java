package dev.clearspan.console.policy;

import org.jspecify.annotations.Nullable;

/** Brings a version back. */
public record RollbackRequest(@Nullable String auditId, @Nullable String reason) {}
