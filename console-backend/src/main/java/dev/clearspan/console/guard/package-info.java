/**
 * Changes on trial: judged by the calls since, and put back or kept by whichever console is first.
 */
@NullMarked
package dev.clearspan.console.guard;

import org.jspecify.annotations.NullMarked;
