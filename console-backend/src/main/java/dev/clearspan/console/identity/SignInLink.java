package dev.clearspan.console.identity;

import java.time.Instant;

/** A link that signs one browser in, once. */
public record SignInLink(String oneTimeToken, String path, Instant expiresAt) {}
