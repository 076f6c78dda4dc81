/** A run as SVG; see {@link dev.clearspan.simulate.chart.RunChart}. */
@NullMarked
package dev.clearspan.simulate.chart;

import org.jspecify.annotations.NullMarked;
