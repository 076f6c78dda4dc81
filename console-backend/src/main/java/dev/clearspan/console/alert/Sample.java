package dev.clearspan.console.alert;

import org.jspecify.annotations.Nullable;

/**
 * What a rule finds of one target.
 *
 * @param value in the kind's unit; null: there is no data
 * @param detail what was measured, or why nothing was, for people
 */
record Sample(AlertTarget target, @Nullable Double value, String detail) {}
