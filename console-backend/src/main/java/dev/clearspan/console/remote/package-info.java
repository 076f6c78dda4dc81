/**
 * Asking other servers, those that the settings name, with bounds: {@link
 * dev.clearspan.console.remote.RemoteJson} is the start where they answer with JSON.
 */
@NullMarked
package dev.clearspan.console.remote;

import org.jspecify.annotations.NullMarked;
