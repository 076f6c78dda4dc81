/**
 * Grafana behind the console: a reverse proxy on a port of its own that tells Grafana who is signed
 * in. {@link dev.clearspan.console.grafana.GrafanaProxy} is the entry.
 */
@NullMarked
package dev.clearspan.console.grafana;

import org.jspecify.annotations.NullMarked;
