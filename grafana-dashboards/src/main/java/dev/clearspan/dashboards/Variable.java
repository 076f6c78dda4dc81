package dev.clearspan.dashboards;

/**
 * A choice at the top of a dashboard, several or all values at once.
 *
 * @param query Grafana's {@code label_values(...)}
 */
record Variable(String name, String label, String query) {}
