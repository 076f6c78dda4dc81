package dev.clearspan.console.identity;

/**
 * Who sends a request.
 *
 * @param scope which services they may steer
 * @param byCookie whether a browser's cookie says so, which another site could make it send
 */
public record Principal(String name, Role role, Scope scope, boolean byCookie) {}
