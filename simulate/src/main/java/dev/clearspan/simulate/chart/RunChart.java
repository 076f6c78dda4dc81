package dev.clearspan.simulate.chart;

import dev.clearspan.simulate.measure.Recording;
import dev.clearspan.simulate.scenario.Play;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A play as SVG: goodput, latency, and calls in flight at each server, second by second. It takes
 * the reader's colour scheme, light or dark.
 */
public final class RunChart {
  private static final int WIDTH = Panel.LEFT + Panel.WIDTH + 24;
  private static final int FIRST_TOP = 100;
  private static final int PANEL_STEP = Panel.HEIGHT + 58;
  private static final int HEIGHT = FIRST_TOP + 3 * PANEL_STEP;

  /** More lines than this are a grey mass: then the range and the middle are drawn. */
  private static final int MOST_LINES = 12;

  private static final int TIME_MARKS = 6;

  private static final String STYLE =
      """
      <style>
      :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --grid: #dfe4ea;
        --paper: #ffffff; --fault: #f4a93a; --good: #1a7f4b; --bad: #c8372d; --plain: #2f6fd0; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5;
        --grid: #2c3542; --paper: #12161c; --good: #4cc38a; --bad: #ff7a70; --plain: #7aaeff; } }
      text { font: 12px system-ui, sans-serif; fill: var(--soft); }
      .head { font-size: 17px; font-weight: 600; fill: var(--ink); }
      .title { font-size: 13px; font-weight: 600; fill: var(--ink); }
      .value, .name { text-anchor: end; } .second, .fault-name { text-anchor: middle; }
      .paper { fill: var(--paper); } .fault { fill: var(--fault); opacity: .18; }
      .grid { stroke: var(--grid); stroke-width: 1; }
      polyline { fill: none; stroke-linejoin: round; }
      .good, .bad, .plain, .faint, .server { fill: none; stroke-width: 1.8; }
      .good { stroke: var(--good); } .bad { stroke: var(--bad); } .plain { stroke: var(--plain); }
      .faint { stroke: var(--soft); stroke-dasharray: 4 3; stroke-width: 1.4; }
      .server { stroke: var(--plain); stroke-width: 1; opacity: .55; }
      </style>
      """;

  private final Play play;
  private final Recording recording;
  private final int seconds;

  private RunChart(Play play) {
    this.play = play;
    this.recording = play.recording();
    this.seconds = recording.seconds();
  }

  /** The SVG of a play; the same play makes the same text. */
  public static String of(String name, String sentence, Play play) {
    return new RunChart(play).svg(name, sentence);
  }

  private String svg(String name, String sentence) {
    List<Panel> panels = List.of(calls(), latency(), inFlight());
    StringBuilder svg = new StringBuilder(head(name, sentence));
    panels.forEach(panel -> svg.append(faults(panel)).append(panel.svg()).append(times(panel)));
    return svg.append("</svg>\n").toString();
  }

  private String head(String name, String sentence) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
        <title>%s: %s</title>
        %s<rect class="paper" width="%d" height="%d"/>
        """
            .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, name, sentence, STYLE, WIDTH, HEIGHT)
        + Panel.text("head", 20, 30, name + ": " + sentence)
        + Panel.text("setting", 20, 51, play.setting());
  }

  private Panel calls() {
    return new Panel("Calls a second", FIRST_TOP, seconds)
        .curve("faint", "offered", each(s -> recording.offered(s, s + 1)))
        .curve("bad", "failed", each(s -> recording.failed(s, s + 1)))
        .curve("good", "goodput", each(s -> recording.succeeded(s, s + 1)));
  }

  private Panel latency() {
    return new Panel("Latency of calls that ended well, ms", FIRST_TOP + PANEL_STEP, seconds)
        .curve("faint", "p50", each(s -> quantile(s, 0.5)))
        .curve("plain", "p99", each(s -> quantile(s, 0.99)));
  }

  private Panel inFlight() {
    Panel panel =
        new Panel(
            "Calls in flight at each server, waiting ones included",
            FIRST_TOP + 2 * PANEL_STEP,
            seconds);
    int servers = recording.servers().size();
    if (servers > MOST_LINES) {
      return panel
          .curve("faint", "least", each(s -> ranked(s, 0)))
          .curve("good", "median", each(s -> ranked(s, servers / 2)))
          .curve("plain", "most", each(s -> ranked(s, servers - 1)));
    }
    recording.servers().forEach(server -> panel.curve("server", "", each(server::inFlight)));
    return panel;
  }

  private double quantile(int second, double share) {
    return recording.latencies(second, second + 1).quantileMillis(share);
  }

  private double ranked(int second, int rank) {
    return recording.servers().stream()
        .mapToDouble(server -> server.inFlight(second))
        .sorted()
        .skip(rank)
        .findFirst()
        .orElseThrow();
  }

  private double[] each(IntToDoubleFunction value) {
    return IntStream.range(0, seconds).mapToDouble(value).toArray();
  }

  private String faults(Panel panel) {
    StringBuilder svg = new StringBuilder();
    for (Play.Fault fault : play.faults()) {
      double left = panel.x(fault.from());
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"fault\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
              left,
              panel.top(),
              panel.x(fault.to()) - left,
              Panel.HEIGHT));
      if (panel.top() == FIRST_TOP) {
        double middle = (left + panel.x(fault.to())) / 2;
        svg.append(Panel.text("fault-name", middle, FIRST_TOP - 28, fault.label()));
      }
    }
    return svg.toString();
  }

  private String times(Panel panel) {
    StringBuilder svg = new StringBuilder();
    double step = Scale.roundUp(seconds, TIME_MARKS) / TIME_MARKS;
    for (double second = 0; second <= seconds; second += step) {
      String text = Scale.text(second) + " s";
      svg.append(Panel.text("second", panel.x(second), panel.top() + Panel.HEIGHT + 18, text));
    }
    return svg.toString();
  }
}
