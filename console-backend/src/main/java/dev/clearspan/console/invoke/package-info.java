/**
 * Calls of live methods on behalf of people: {@link dev.clearspan.console.invoke.Invoker} checks
 * what is asked for, dials only where it may, and leaves a whole trace and a row in a log behind.
 */
@NullMarked
package dev.clearspan.console.invoke;

import org.jspecify.annotations.NullMarked;
