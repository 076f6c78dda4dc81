package dev.clearspan.contract;

import java.util.ArrayList;
import java.util.List;

/** Differences as they are found, the first {@value #MOST} of them. Not thread-safe. */
final class Findings {
  static final int MOST = 1_000;

  private final List<Difference> found = new ArrayList<>();

  /** Adds one. */
  void add(Rule rule, String element, Place place, String detail) {
    if (found.size() < MOST) {
      found.add(new Difference(rule, element, place.file(), place.line(), detail, List.of()));
    }
  }

  boolean breaks() {
    return found.stream().anyMatch(difference -> difference.level().breaks());
  }

  List<Difference> all() {
    return List.copyOf(found);
  }
}
