@NullMarked
package dev.clearspan.contract;

import org.jspecify.annotations.NullMarked;
