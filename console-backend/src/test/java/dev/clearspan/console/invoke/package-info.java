@NullMarked
package dev.clearspan.console.invoke;

import org.jspecify.annotations.NullMarked;
