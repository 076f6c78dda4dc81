/** Time and timers as seams, so that tests move them by hand: nothing else reads a clock. */
@NullMarked
package dev.clearspan.rpc.time;

import org.jspecify.annotations.NullMarked;
