package dev.clearspan.etcd;

/**
 * A registry value that is not used.
 *
 * @param key relative to the environment's prefix
 * @param revision the value's mod revision
 * @param reason what is wrong with it, naming the field
 */
public record IgnoredValue(String key, long revision, String reason) {}
