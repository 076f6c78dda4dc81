/** A real OTLP receiver for tests: {@link dev.clearspan.tracing.testing.CollectorFixture}. */
@NullMarked
package dev.clearspan.tracing.testing;

import org.jspecify.annotations.NullMarked;
