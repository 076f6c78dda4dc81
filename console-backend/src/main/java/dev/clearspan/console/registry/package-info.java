/**
 * The registry as the console sees it: {@link dev.clearspan.console.registry.RegistryView} follows
 * every key of the environment and gives immutable snapshots.
 */
@NullMarked
package dev.clearspan.console.registry;

import org.jspecify.annotations.NullMarked;
