package dev.clearspan.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes a dashboard as Grafana's JSON: two panels a line, nothing editable in Grafana. */
final class DashboardWriter {
  private static final int WIDTH = 24;
  private static final int PANEL_HEIGHT = 8;

  /** Of panels without a line of their own choosing. */
  private static final int PANELS_A_LINE = 2;

  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private int nextId = 1;
  private int y;

  private DashboardWriter() {}

  static String write(Dashboard dashboard) {
    return new DashboardWriter().toJson(dashboard);
  }

  private String toJson(Dashboard dashboard) {
    ObjectNode root = json.createObjectNode();
    root.put("uid", dashboard.uid());
    root.put("title", dashboard.title());
    root.put("description", dashboard.description());
    root.putArray("tags").add("clearspan");
    root.put("editable", false);
    root.put("graphTooltip", 1);
    root.put("refresh", "10s");
    root.put("schemaVersion", 39);
    root.put("timezone", "browser");
    root.putObject("time").put("from", "now-30m").put("to", "now");
    ArrayNode variables = root.putObject("templating").putArray("list");
    addDataSource(variables);
    dashboard.variables().forEach(variable -> addVariable(variables, variable));
    ArrayNode panels = root.putArray("panels");
    dashboard.rows().forEach(row -> addRow(panels, row));
    try {
      return json.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot fail to be written", e);
    }
  }

  private void addDataSource(ArrayNode variables) {
    ObjectNode node = variables.addObject();
    node.put("name", "datasource");
    node.put("label", "Data source");
    node.put("type", "datasource");
    node.put("query", "prometheus");
    node.put("refresh", 1);
  }

  private void addVariable(ArrayNode variables, Variable variable) {
    ObjectNode node = variables.addObject();
    node.put("name", variable.name());
    node.put("label", variable.label());
    node.put("type", "query");
    node.set("datasource", dataSource());
    node.put("definition", variable.query());
    node.putObject("query").put("query", variable.query()).put("refId", variable.name());
    node.put("refresh", 2);
    node.put("sort", 1);
    node.put("multi", true);
    node.put("includeAll", true);
    node.put("allValue", ".*");
    ObjectNode current = node.putObject("current");
    current.putArray("text").add("All");
    current.putArray("value").add("$__all");
  }

  private void addRow(ArrayNode panels, Row row) {
    ObjectNode heading = panels.addObject();
    heading.put("id", nextId++);
    heading.put("type", "row");
    heading.put("title", row.title());
    heading.put("collapsed", false);
    heading.putArray("panels");
    heading.set("gridPos", grid(0, WIDTH, 1));
    y++;
    for (int i = 0; i < row.panels().size(); i++) {
      int column = i % PANELS_A_LINE;
      addPanel(panels, row.panels().get(i), column * WIDTH / PANELS_A_LINE);
      if (column == PANELS_A_LINE - 1 || i == row.panels().size() - 1) {
        y += PANEL_HEIGHT;
      }
    }
  }

  private void addPanel(ArrayNode panels, Panel panel, int x) {
    ObjectNode node = panels.addObject();
    node.put("id", nextId++);
    node.put("type", "timeseries");
    node.put("title", panel.title());
    node.put("description", panel.description());
    node.set("datasource", dataSource());
    node.set("gridPos", grid(x, WIDTH / PANELS_A_LINE, PANEL_HEIGHT));
    ObjectNode fields = node.putObject("fieldConfig");
    ObjectNode defaults = fields.putObject("defaults");
    defaults.put("unit", panel.unit());
    defaults.put("min", 0);
    defaults.putObject("custom").put("fillOpacity", 10).put("showPoints", "never");
    fields.putArray("overrides");
    ObjectNode options = node.putObject("options");
    options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
    options.putObject("legend").put("displayMode", "list").put("placement", "bottom");
    ArrayNode targets = node.putArray("targets");
    for (int i = 0; i < panel.queries().size(); i++) {
      addTarget(targets, panel.queries().get(i), String.valueOf((char) ('A' + i)));
    }
  }

  private void addTarget(ArrayNode targets, Query query, String refId) {
    ObjectNode target = targets.addObject();
    target.put("refId", refId);
    target.set("datasource", dataSource());
    target.put("expr", query.expr());
    target.put("legendFormat", query.legend());
    target.put("range", true);
  }

  private ObjectNode dataSource() {
    return json.createObjectNode().put("type", "prometheus").put("uid", "${datasource}");
  }

  private ObjectNode grid(int x, int width, int height) {
    return json.createObjectNode().put("x", x).put("y", y).put("w", width).put("h", height);
  }
}
