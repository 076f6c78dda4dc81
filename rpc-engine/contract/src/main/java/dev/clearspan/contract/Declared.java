package dev.clearspan.contract;

/**
 * Something that a .proto declares.
 *
 * @param name full name, without a leading dot
 */
record Declared<T>(String name, T proto, Place place) {}
