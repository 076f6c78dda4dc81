/** The command line of operators. */
@NullMarked
package dev.clearspan.ctl;

import org.jspecify.annotations.NullMarked;
