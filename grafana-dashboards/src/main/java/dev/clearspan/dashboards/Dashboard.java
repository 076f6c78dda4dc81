package dev.clearspan.dashboards;

import java.util.List;

/**
 * A dashboard.
 *
 * @param uid part of its address; never changes
 */
record Dashboard(
    String uid, String title, String description, List<Variable> variables, List<Row> rows) {
  Dashboard {
    variables = List.copyOf(variables);
    rows = List.copyOf(rows);
  }
}
