/**
 * Checks that a running demo does the main job: seen and steered through the console's public API
 * only. Entry: {@link dev.clearspan.examples.smoke.SmokeRun}.
 */
@NullMarked
package dev.clearspan.examples.smoke;

import org.jspecify.annotations.NullMarked;
