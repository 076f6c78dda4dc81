package dev.clearspan.console.events;

import dev.clearspan.console.problem.ProblemException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a listener may subscribe to. */
public enum Topic {
  TOPOLOGY,
  ACKS,
  BREAKERS,
  AUDIT,
  SYSTEM,
  ALERTS;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The topics in a list separated by commas; all of them if it is empty. */
  public static Set<Topic> parse(String list) {
    if (list.isBlank()) {
      return EnumSet.allOf(Topic.class);
    }
    return Arrays.stream(list.split(",", -1))
        .map(word -> of(word.trim()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Topic.class)));
  }

  private static Topic of(String word) {
    return Arrays.stream(values())
        .filter(topic -> topic.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "topics",
                    "'" + word + "' (expected: topology, acks, breakers, audit, system, alerts)"));
  }
}
