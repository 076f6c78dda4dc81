/**
 * What a draft of a policy would change, by the calls of the last 15 minutes: {@link
 * dev.clearspan.console.preview.Forecast} reckons with the engine's own classes, {@link
 * dev.clearspan.console.preview.Previews} brings it what it needs.
 */
@NullMarked
package dev.clearspan.console.preview;

import org.jspecify.annotations.NullMarked;
