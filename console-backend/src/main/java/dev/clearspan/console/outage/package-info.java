/** When instances were out of use, by whose word and why. */
@NullMarked
package dev.clearspan.console.outage;

import org.jspecify.annotations.NullMarked;
