/**
 * What is tried, and what must come of it; see {@link dev.clearspan.simulate.scenario.Scenarios}.
 */
@NullMarked
package dev.clearspan.simulate.scenario;

import org.jspecify.annotations.NullMarked;
