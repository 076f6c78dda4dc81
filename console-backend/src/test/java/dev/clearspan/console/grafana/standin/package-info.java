/**
 * A stand-in for Grafana, as strict as Grafana's documents say it is, and what the proxy has to do
 * before it. Not a Grafana: it shows no dashboards. Made by other hands than the proxy.
 */
@NullMarked
package dev.clearspan.console.grafana.standin;

import org.jspecify.annotations.NullMarked;
