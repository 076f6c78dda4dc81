/** Requests that mean ill, sent byte by byte to a real console. */
@NullMarked
package dev.clearspan.console.hostile;

import org.jspecify.annotations.NullMarked;
