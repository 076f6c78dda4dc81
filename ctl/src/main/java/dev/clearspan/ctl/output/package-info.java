/** What is printed: tables, JSON, waterfalls, times in words. */
@NullMarked
package dev.clearspan.ctl.output;

import org.jspecify.annotations.NullMarked;
