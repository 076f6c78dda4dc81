/**
 * What surrounds the production classes: virtual time, a network, servers, a registry; see {@link
 * dev.clearspan.simulate.world.World}.
 */
@NullMarked
package dev.clearspan.simulate.world;

import org.jspecify.annotations.NullMarked;
