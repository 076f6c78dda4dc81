package dev.clearspan.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The cells of a run: each shape's and contestant's, by sample (one pair of JVMs, one round). */
final class Results {
  private final Map<Shape, Map<Contestant, Map<Integer, Cell>>> cells = new EnumMap<>(Shape.class);

  void add(Shape shape, Contestant contestant, int sample, Cell cell) {
    cells
        .computeIfAbsent(shape, ignored -> new EnumMap<>(Contestant.class))
        .computeIfAbsent(contestant, ignored -> new java.util.TreeMap<>())
        .put(sample, cell);
  }

  long errors() {
    return cells.values().stream()
        .flatMap(byContestant -> byContestant.values().stream())
        .flatMap(bySample -> bySample.values().stream())
        .mapToLong(cell -> cell.outcome().errors())
        .sum();
  }

  /** Those measured in the shape, the one to compare with first. */
  List<Contestant> contestants(Shape shape) {
    Map<Contestant, Map<Integer, Cell>> measured = cells.getOrDefault(shape, Map.of());
    return shape.contestants.stream().filter(measured::containsKey).toList();
  }

  /** The figures of all samples, in order. */
  List<Double> figures(Shape shape, Contestant contestant, Metric metric) {
    return values(shape, contestant, metric::of);
  }

  @Nullable Spread spread(Shape shape, Contestant contestant, Metric metric) {
    List<Double> figures = figures(shape, contestant, metric);
    return figures.isEmpty() ? null : Spread.of(figures);
  }

  /** Two figures of the same sample put together, over all samples; null if there is none. */
  @Nullable Spread together(
      Metric metric,
      Shape shape,
      Contestant contestant,
      Shape otherShape,
      Contestant other,
      DoubleBinaryOperator operator) {
    Map<Integer, Cell> own = samples(shape, contestant);
    Map<Integer, Cell> others = samples(otherShape, other);
    List<Double> figures = new ArrayList<>();
    own.forEach(
        (sample, cell) -> {
          Cell base = others.get(sample);
          if (base != null) {
            figures.add(operator.applyAsDouble(metric.of(cell), metric.of(base)));
          }
        });
    return figures.isEmpty() ? null : Spread.of(figures);
  }

  private List<Double> values(Shape shape, Contestant contestant, ToDoubleFunction<Cell> value) {
    return samples(shape, contestant).values().stream().map(value::applyAsDouble).toList();
  }

  private Map<Integer, Cell> samples(Shape shape, Contestant contestant) {
    return cells.getOrDefault(shape, Map.of()).getOrDefault(contestant, Map.of());
  }
}
