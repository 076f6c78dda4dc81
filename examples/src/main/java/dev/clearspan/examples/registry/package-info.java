/** The console with a registry of its own, where no other is configured. */
@NullMarked
package dev.clearspan.examples.registry;

import org.jspecify.annotations.NullMarked;
