package dev.clearspan.console.alert;

import org.jspecify.annotations.Nullable;

/**
 * A silence as somebody asks for it.
 *
 * @param rule the rule's id; none: of every rule
 * @param service none: of every service
 * @param seconds 60 to 604,800 (a week)
 */
public record SilenceRequest(
    @Nullable String rule,
    @Nullable String service,
    @Nullable Long seconds,
    @Nullable String reason) {}
