/**
 * What runs, who calls whom, and how it goes: {@link dev.clearspan.console.topology.TopologyModel}
 * joins the registry with the calls that were measured.
 */
@NullMarked
package dev.clearspan.console.topology;

import org.jspecify.annotations.NullMarked;
