package dev.clearspan.console.identity;

import java.time.Instant;

/**
 * Something that was done to users, tokens or sign-in links.
 *
 * @param action such as {@code user.create}
 * @param subject name of the user or token
 * @param detail what it was then, never a secret
 */
public record AccountChange(
    Instant at, String author, String action, String subject, String detail) {}
