/** Waiting for other processes: {@link dev.clearspan.examples.await.Await}. */
@NullMarked
package dev.clearspan.examples.await;

import org.jspecify.annotations.NullMarked;
