/** Where boxes stand on the map, for everybody: {@link dev.clearspan.console.layout.Layouts}. */
@NullMarked
package dev.clearspan.console.layout;

import org.jspecify.annotations.NullMarked;
