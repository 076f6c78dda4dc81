/** The commands, by what they are about. */
@NullMarked
package dev.clearspan.ctl.command;

import org.jspecify.annotations.NullMarked;
