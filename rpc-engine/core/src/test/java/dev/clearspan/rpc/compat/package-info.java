/**
 * Builds of this and of the previous version understand each other: what a previous build's client
 * and server said to each other was recorded, and each of its halves is played to this build. A
 * release adds its own recording ({@code Recorder}) and keeps the one before.
 */
@NullMarked
package dev.clearspan.rpc.compat;

import org.jspecify.annotations.NullMarked;
