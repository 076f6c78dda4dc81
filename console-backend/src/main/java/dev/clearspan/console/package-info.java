/**
 * The console: watches the registry, takes telemetry, serves the public API and the UI. Entry:
 * {@link dev.clearspan.console.Console}.
 */
@NullMarked
package dev.clearspan.console;

import org.jspecify.annotations.NullMarked;
