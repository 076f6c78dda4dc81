/** Tests of the whole console: real HTTP, real H2, a real etcd. */
@NullMarked
package dev.clearspan.console;

import org.jspecify.annotations.NullMarked;
