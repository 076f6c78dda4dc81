/** Speaks to the console's public API, and to nothing else. */
@NullMarked
package dev.clearspan.ctl.console;

import org.jspecify.annotations.NullMarked;
