package dev.clearspan.examples.console;

/** A row of {@code GET /failures}. */
public record Failure(
    String traceId,
    String at,
    String caller,
    String service,
    String method,
    String status,
    String message) {}
