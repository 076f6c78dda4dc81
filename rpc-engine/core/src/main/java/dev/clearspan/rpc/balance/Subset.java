package dev.clearspan.rpc.balance;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The part of a service's instances that one client uses: an arc of the circle on which all of them
 * stand side by side. Clients that know their place among all clients begin evenly spaced and have
 * arcs of a length with which every instance is covered equally often; the ones at the ends of an
 * arc count by the part of them that is covered. Others begin anywhere, which is even in the mean.
 * After Finagle's deterministic aperture.
 *
 * @param place of the client among all clients, 0 to 1
 * @param clients how many clients there are; 0: not known
 */
public record Subset(double place, int clients) {
  /** Slivers smaller than this are rounding errors. */
  private static final double SLIVER = 1e-6;

  /** Of a client that knows nothing of the others. */
  public static Subset anywhere(String clientId) {
    return new Subset((KeyHash.of(clientId) >>> 11) * 0x1p-53, 0);
  }

  /** Of the client at this position, from 0, of so many. */
  public static Subset among(int position, int clients) {
    return new Subset((double) position / clients, clients);
  }

  /**
   * Chooses instances.
   *
   * @param size how many at least; 0: all
   * @param usable who can take calls: others are kept besides, in case they can again
   * @return those chosen with the part of each that is this client's, above 0, at most 1
   */
  public Map<String, Double> choose(List<String> ids, int size, Predicate<String> usable) {
    Map<String, Double> chosen = new LinkedHashMap<>();
    if (size <= 0 || size >= ids.size()) {
      ids.forEach(id -> chosen.put(id, 1.0));
      return chosen;
    }
    List<String> circle =
        ids.stream().sorted(Comparator.comparingLong(KeyHash::of).thenComparing(id -> id)).toList();
    double from = place * circle.size();
    int next = (int) from;
    double covered = 1 - (from - next);
    for (double left = arc(size, circle.size()); left > SLIVER; next++) {
      if (next - (int) from > circle.size()) {
        break;
      }
      String id = circle.get(next % circle.size());
      double part = Math.min(covered, left);
      boolean counts = usable.test(id);
      chosen.merge(id, counts ? part : 1, (a, b) -> Math.min(1, a + b));
      left -= counts ? part : 0;
      covered = 1;
    }
    return chosen;
  }

  /** At least {@code size}, and a multiple of the distance between two clients. */
  private double arc(int size, int instances) {
    if (clients == 0) {
      return size;
    }
    double distance = (double) instances / clients;
    return Math.min(instances, Math.ceil(size / distance - SLIVER) * distance);
  }
}
