package dev.clearspan.simulate.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One diagram over time: lines, an axis of values from 0, and its title above it. */
final class Panel {
  static final int LEFT = 64;
  static final int WIDTH = 800;
  static final int HEIGHT = 150;
  private static final int TICKS = 4;
  private static final double LABEL_WIDTH = 7.2;

  private final String title;
  private final int top;
  private final int seconds;
  private final List<Curve> curves = new ArrayList<>();

  /**
   * A line.
   *
   * @param style class that says how it looks
   * @param name in the legend; empty: not there
   * @param values one for each second
   */
  record Curve(String style, String name, double[] values) {}

  Panel(String title, int top, int seconds) {
    this.title = title;
    this.top = top;
    this.seconds = seconds;
  }

  Panel curve(String style, String name, double[] values) {
    curves.add(new Curve(style, name, values));
    return this;
  }

  double x(double second) {
    return LEFT + WIDTH * second / seconds;
  }

  int top() {
    return top;
  }

  String svg() {
    double most = Scale.roundUp(curves.stream().mapToDouble(Panel::peak).max().orElse(1), TICKS);
    StringBuilder svg = new StringBuilder();
    svg.append(text("title", LEFT, top - 10, title));
    for (int i = 0; i <= TICKS; i++) {
      double value = most * i / TICKS;
      svg.append(line("grid", y(value, most)))
          .append(text("value", LEFT - 8, y(value, most) + 4, Scale.text(value)));
    }
    curves.forEach(curve -> svg.append(polyline(curve, most)));
    return svg.append(legend()).toString();
  }

  private String legend() {
    StringBuilder svg = new StringBuilder();
    double right = LEFT + WIDTH;
    for (int i = curves.size() - 1; i >= 0; i--) {
      Curve curve = curves.get(i);
      if (!curve.name().isEmpty()) {
        svg.append(text("name", right, top - 10, curve.name()));
        right -= curve.name().length() * LABEL_WIDTH;
        svg.append(
            String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                curve.style(),
                right - 22,
                right - 6,
                top - 14,
                top - 14));
        right -= 34;
      }
    }
    return svg.toString();
  }

  private String polyline(Curve curve, double most) {
    double[] values = curve.values();
    String points =
        IntStream.range(0, values.length)
            .mapToObj(i -> String.format(Locale.ROOT, "%.1f,%.1f", x(i + 0.5), y(values[i], most)))
            .collect(Collectors.joining(" "));
    return "<polyline class=\"%s\" points=\"%s\"/>%n".formatted(curve.style(), points);
  }

  private double y(double value, double most) {
    return top + HEIGHT - HEIGHT * value / most;
  }

  private static double peak(Curve curve) {
    double peak = 0;
    for (double value : curve.values()) {
      peak = Math.max(peak, value);
    }
    return peak;
  }

  private static String line(String style, double y) {
    return String.format(
        Locale.ROOT,
        "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
        style,
        LEFT,
        LEFT + WIDTH,
        y,
        y);
  }

  static String text(String style, double x, double y, String text) {
    return String.format(
        Locale.ROOT,
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
        style,
        x,
        y,
        text.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
