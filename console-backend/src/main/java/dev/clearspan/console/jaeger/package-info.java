/**
 * Traces in the words of Jaeger's query API, which Grafana's Jaeger data source reads; {@link
 * dev.clearspan.console.jaeger.JaegerTrace} is the start.
 */
@NullMarked
package dev.clearspan.console.jaeger;

import org.jspecify.annotations.NullMarked;
