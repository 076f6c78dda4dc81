/**
 * JSON of a server that keeps what the console does not, asked for with bounds: {@link
 * dev.clearspan.console.remote.RemoteJson} is the start.
 */
@NullMarked
package dev.clearspan.console.remote;

import org.jspecify.annotations.NullMarked;
