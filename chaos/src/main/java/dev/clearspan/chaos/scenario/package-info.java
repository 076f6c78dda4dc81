/**
 * What can go wrong, and what must come of it: each {@link dev.clearspan.chaos.scenario.Scenario}
 * plays one fault to real processes under load.
 */
@NullMarked
package dev.clearspan.chaos.scenario;

import org.jspecify.annotations.NullMarked;
