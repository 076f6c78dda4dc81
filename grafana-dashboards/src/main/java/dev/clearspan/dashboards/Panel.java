package dev.clearspan.dashboards;

import java.util.List;

/**
 * A chart over time.
 *
 * @param unit Grafana's unit id, such as {@code reqps}
 * @param description what it shows and when to worry
 */
record Panel(String title, String unit, String description, List<Query> queries) {
  Panel {
    queries = List.copyOf(queries);
  }

  static Panel of(String title, String unit, String description, Query... queries) {
    return new Panel(title, unit, description, List.of(queries));
  }
}
