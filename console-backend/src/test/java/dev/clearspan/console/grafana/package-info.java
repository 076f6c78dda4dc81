/** Tests of the proxy before Grafana, with simple servers in Grafana's place. */
@NullMarked
package dev.clearspan.console.grafana;

import org.jspecify.annotations.NullMarked;
