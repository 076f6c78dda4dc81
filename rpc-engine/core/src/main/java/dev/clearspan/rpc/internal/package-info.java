/**
 * Where the engine is put together: the one place besides the wire protocols that names a
 * transport. Other modules never import from here.
 */
@NullMarked
package dev.clearspan.rpc.internal;

import org.jspecify.annotations.NullMarked;
