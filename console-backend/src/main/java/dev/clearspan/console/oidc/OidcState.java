package dev.clearspan.console.oidc;

/**
 * Whether people can sign in with the provider now.
 *
 * @param label what it is called
 * @param problem why not; empty if they can
 */
public record OidcState(String label, boolean available, String problem) {}
