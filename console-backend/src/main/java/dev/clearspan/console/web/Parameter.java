package dev.clearspan.console.web;

/**
 * A query parameter or header of a route, as OpenAPI shows it.
 *
 * @param in "query" or "header"
 * @param type JSON schema type: "string", "integer"
 */
public record Parameter(
    String name, String in, String type, boolean required, String description) {}
