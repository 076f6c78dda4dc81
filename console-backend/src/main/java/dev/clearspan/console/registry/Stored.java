package dev.clearspan.console.registry;

/**
 * A value with its place in the registry's history.
 *
 * @param json the text it was read from
 * @param createRevision revision at which the key came to be
 * @param revision revision of its last change
 */
public record Stored<T>(T value, String json, long createRevision, long revision) {}
