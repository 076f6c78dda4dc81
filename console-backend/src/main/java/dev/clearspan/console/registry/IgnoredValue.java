package dev.clearspan.console.registry;

/** A registry value that is not used, and why. */
public record IgnoredValue(String key, String reason) {}
