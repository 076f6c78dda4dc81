package dev.clearspan.dashboards;

/**
 * One PromQL expression of a panel.
 *
 * @param legend Grafana's legend format, such as {@code {{job}}}
 */
record Query(String legend, String expr) {}
