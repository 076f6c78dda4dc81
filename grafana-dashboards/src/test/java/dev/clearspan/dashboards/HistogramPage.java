package dev.clearspan.dashboards;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The buckets of one histogram on a metrics page, read without Prometheus. */
final class HistogramPage {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private final Map<String, TreeMap<Double, Double>> bucketsByMethod = new HashMap<>();

  private HistogramPage() {}

  static HistogramPage read(String page, String histogram) {
    HistogramPage read = new HistogramPage();
    Matcher line = Pattern.compile("(?m)^" + histogram + "_bucket\\{(.*)} (\\S+)$").matcher(page);
    while (line.find()) {
      Map<String, String> labels = new HashMap<>();
      LABEL
          .matcher(line.group(1))
          .results()
          .forEach(label -> labels.put(label.group(1), label.group(2)));
      String bound = labels.getOrDefault("le", "+Inf");
      read.bucketsByMethod
          .computeIfAbsent(labels.get("rpc_method"), method -> new TreeMap<>())
          .merge(
              bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
              Double.parseDouble(line.group(2)),
              Double::sum);
    }
    return read;
  }

  /** Quantile of what these methods added since then, by linear interpolation. */
  double quantileSince(HistogramPage earlier, double quantile, List<String> methods) {
    TreeMap<Double, Double> cumulative = new TreeMap<>();
    for (String method : methods) {
      TreeMap<Double, Double> before =
          earlier.bucketsByMethod.getOrDefault(method, new TreeMap<>());
      bucketsByMethod
          .getOrDefault(method, new TreeMap<>())
          .forEach(
              (bound, count) ->
                  cumulative.merge(bound, count - before.getOrDefault(bound, 0.0), Double::sum));
    }
    return quantile(cumulative, quantile);
  }

  private static double quantile(TreeMap<Double, Double> cumulative, double quantile) {
    double total = cumulative.isEmpty() ? 0 : cumulative.lastEntry().getValue();
    if (total == 0) {
      return Double.NaN;
    }
    double rank = quantile * total;
    double below = 0;
    double start = 0;
    for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
      if (bucket.getValue() >= rank) {
        return bucket.getKey().isInfinite()
            ? start
            : start + (bucket.getKey() - start) * (rank - below) / (bucket.getValue() - below);
      }
      below = bucket.getValue();
      start = bucket.getKey();
    }
    return start;
  }
}
