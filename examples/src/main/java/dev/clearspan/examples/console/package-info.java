/**
 * What a program outside the console sees of it: its public API, over HTTP, and nothing else.
 * Entry: {@link dev.clearspan.examples.console.ConsoleApi}.
 */
@NullMarked
package dev.clearspan.examples.console;

import org.jspecify.annotations.NullMarked;
