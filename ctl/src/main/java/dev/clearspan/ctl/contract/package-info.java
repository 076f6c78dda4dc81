/** Contracts as files: descriptor sets, .proto files, jars and classes. */
@NullMarked
package dev.clearspan.ctl.contract;

import org.jspecify.annotations.NullMarked;
