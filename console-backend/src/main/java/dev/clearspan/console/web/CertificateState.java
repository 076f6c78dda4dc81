package dev.clearspan.console.web;

import java.time.Instant;

/**
 * A certificate that a port shows.
 *
 * @param port {@code console} or {@code otlp}
 * @param endsSoon it ends within 14 days, or has ended
 * @param fault why the files as they are now cannot be used, so that an older certificate is still
 *     shown; empty if they can
 */
public record CertificateState(
    String port, String subject, Instant validUntil, boolean endsSoon, String fault) {}
