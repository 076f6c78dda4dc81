/**
 * What faults happen to: {@link dev.clearspan.chaos.world.World} has an etcd, servers in processes
 * of their own, and a client under load.
 */
@NullMarked
package dev.clearspan.chaos.world;

import org.jspecify.annotations.NullMarked;
