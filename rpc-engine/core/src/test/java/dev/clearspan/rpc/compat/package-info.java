/**
 * Builds of this and of the previous version understand each other: what a previous build's client
 * and server said to each other was recorded, and each of its halves is played to this build. A
 * release adds its own recording ({@code Recorder}) and keeps the one before; so does a build that
 * says more than the one before: {@code 0.1.0-2} greets with codings, abilities and the wish for
 * load reports, and its server reports.
 */
@NullMarked
package dev.clearspan.rpc.compat;

import org.jspecify.annotations.NullMarked;
