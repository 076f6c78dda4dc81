package dev.clearspan.console.preview;

import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.preview.Preview.InstanceShare;
import dev.clearspan.console.preview.Preview.Split;
import dev.clearspan.console.preview.Scene.KnownInstance;
import dev.clearspan.rpc.balance.Balancer;
import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.balance.BalancerSettings.Algorithm;
import dev.clearspan.rpc.balance.Balancers;
import dev.clearspan.rpc.balance.Continuity;
import dev.clearspan.rpc.balance.Field;
import dev.clearspan.rpc.balance.LoadMeter;
import dev.clearspan.rpc.balance.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How attempts would be spread: production's balancer picks a hundred thousand times. */
final class SplitForecast {
  private static final int PICKS = 100_000;
  private static final int MOST_RUNS = 16;
  private static final long SEED = 20_261_122;

  private final Scene scene;
  private final Gaps gaps;
  private final List<KnownInstance> usable;
  private final Map<Run, double[]> runs = new HashMap<>();

  /** Clients of one zone under the same settings. */
  private record Run(Algorithm algorithm, BalancerSettings.Zone near, String zone) {}

  /** Methods for which the balancer changes in the same way. */
  private record Turn(BalancerSettings before, BalancerSettings after) {}

  SplitForecast(Scene scene, Gaps gaps) {
    this.scene = scene;
    this.gaps = gaps;
    this.usable = scene.instances().stream().filter(KnownInstance::usable).toList();
  }

  List<Split> of(Collection<MethodChange> changes) {
    Map<Turn, List<String>> turns = new LinkedHashMap<>();
    for (MethodChange change : changes) {
      Turn turn = new Turn(change.before().balancer(), change.after().balancer());
      if (!turn.before().equals(turn.after())) {
        turns.computeIfAbsent(turn, key -> new ArrayList<>()).add(change.method());
      }
    }
    List<Split> splits = new ArrayList<>();
    turns.forEach((turn, methods) -> splits.addAll(splits(turn, methods)));
    return splits;
  }

  /** One for all callers, or one for each where it matters where they are. */
  private List<Split> splits(Turn turn, List<String> methods) {
    List<String> callers =
        List.copyOf(
            new TreeSet<>(
                Stream.concat(
                        scene.callers().keySet().stream(),
                        scene.calls().stream()
                            .filter(row -> methods.contains(row.method()))
                            .map(CallSteps::caller))
                    .toList()));
    boolean byZone = turn.before().zone().preferred() || turn.after().zone().preferred();
    return byZone && !callers.isEmpty()
        ? callers.stream().map(caller -> split(turn, methods, List.of(caller))).toList()
        : List.of(split(turn, methods, callers));
  }

  private Split split(Turn turn, List<String> methods, List<String> callers) {
    Map<String, Long> attempts = new HashMap<>();
    for (CallSteps row : scene.attempts()) {
      if (methods.contains(row.method()) && callers.contains(row.caller())) {
        attempts.merge(row.instance(), row.sum().calls(), Long::sum);
      }
    }
    long total = attempts.values().stream().mapToLong(Long::longValue).sum();
    double[] after = shares(turn.after(), callers);
    List<InstanceShare> instances = new ArrayList<>();
    for (KnownInstance instance : scene.instances()) {
      long count = attempts.getOrDefault(instance.id(), 0L);
      int place = usable.indexOf(instance);
      instances.add(
          new InstanceShare(
              instance.id(),
              count,
              total == 0 ? null : (double) count / total,
              after == null ? null : place < 0 ? 0.0 : after[place]));
    }
    return new Split(
        methods,
        callers,
        turn.before().algorithm().name(),
        turn.after().algorithm().name(),
        instances);
  }

  /** The mean over the callers' processes; null: it cannot be said. */
  private double @Nullable [] shares(BalancerSettings settings, List<String> callers) {
    String open = whatIsOpen(settings);
    if (open != null) {
      gaps.found("balancer.algorithm", open);
      return null;
    }
    List<String> zones = zones(settings, callers);
    double[] mean = new double[usable.size()];
    for (String zone : zones) {
      double[] one = run(settings, zone);
      if (one == null) {
        return null;
      }
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / zones.size();
      }
    }
    return mean;
  }

  private @Nullable String whatIsOpen(BalancerSettings settings) {
    if (usable.isEmpty()) {
      return "no instance may take calls";
    }
    String algorithm = settings.algorithm().name();
    return switch (settings.algorithm()) {
      case P2C_PEAK_EWMA, LEAST_ACTIVE ->
          algorithm + " goes by the latency and the calls under way at each moment";
      case CONSISTENT_HASH -> algorithm + " goes by the keys of calls, which are not counted";
      case SMOOTH_WEIGHTED_ROUND_ROBIN, WEIGHTED_RANDOM ->
          settings.adaptive().enabled() ? "adaptive weights follow the load reported then" : null;
      case ROUND_ROBIN, RANDOM -> null;
    };
  }

  private List<String> zones(BalancerSettings settings, List<String> callers) {
    if (!settings.zone().preferred() || callers.isEmpty()) {
      return List.of("");
    }
    List<String> zones =
        callers.stream().flatMap(caller -> scene.caller(caller).zones().stream()).toList();
    if (zones.contains("")) {
      gaps.found(
          "balancer.preferZone",
          "the zone of processes that serve nothing is not known; they count as without one");
    }
    return zones;
  }

  private double @Nullable [] run(BalancerSettings settings, String zone) {
    Run run = new Run(settings.algorithm(), settings.zone(), zone);
    double[] known = runs.get(run);
    if (known == null && runs.size() >= MOST_RUNS) {
      gaps.found("balancer", "more than " + MOST_RUNS + " different settings and zones");
      return null;
    }
    return known != null ? known : runs.computeIfAbsent(run, key -> pick(settings, zone));
  }

  private double[] pick(BalancerSettings settings, String zone) {
    int inZone = (int) scene.instances().stream().filter(each -> each.zone().equals(zone)).count();
    List<Weights.Candidate> candidates =
        usable.stream()
            .map(each -> new Weights.Candidate(each.weight(), 1, 1, each.zone()))
            .toList();
    Weights weights = Weights.of(settings, candidates, zone, inZone);
    LoadMeter[] idle =
        Stream.generate(LoadMeter::new).limit(usable.size()).toArray(LoadMeter[]::new);
    List<String> ids = usable.stream().map(KnownInstance::id).toList();
    Balancer balancer =
        new Balancers(new Continuity(0), () -> 0, () -> 0, new SplittableRandom(SEED))
            .of(settings, new Field(ids, weights.configured(), weights.inForce(), idle));
    int[] taken = new int[usable.size()];
    for (int i = 0; i < PICKS; i++) {
      taken[balancer.pick(index -> true)]++;
    }
    return Arrays.stream(taken).mapToDouble(count -> (double) count / PICKS).toArray();
  }
}
