/**
 * Dashboards as code. {@link dev.clearspan.dashboards.ServiceDashboard} says what is shown, {@link
 * dev.clearspan.dashboards.GenerateDashboards} writes the files that Grafana reads.
 */
@NullMarked
package dev.clearspan.dashboards;

import org.jspecify.annotations.NullMarked;
