/**
 * Pushes to browsers: {@link dev.clearspan.console.events.EventPump} decides what is new, {@link
 * dev.clearspan.console.events.EventHub} carries it to every listener.
 */
@NullMarked
package dev.clearspan.console.events;

import org.jspecify.annotations.NullMarked;
