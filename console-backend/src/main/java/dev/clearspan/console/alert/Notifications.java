package dev.clearspan.console.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What others have been told, and what they have not: per rule, the alerts that fire and those that
 * ceased since. What is not taken is not queued as it was but told as it is by then, so that
 * nothing piles up however long nobody listens. Thread-safe.
 */
final class Notifications {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Group> groups = new LinkedHashMap<>(); // guarded by lock

  private static final class Group {
    private Map<String, Alert> firing = Map.of();
    private Map<String, Alert> told = Map.of();
    private final Map<String, Ended> ended = new HashMap<>();
    private Instant toldAt = Instant.EPOCH;

    boolean isNews(Instant now, Duration repeat) {
      return !ended.isEmpty()
          || !told.keySet().containsAll(firing.keySet())
          || (!firing.isEmpty() && !now.isBefore(toldAt.plus(repeat)));
    }

    boolean isOver() {
      return firing.isEmpty() && told.isEmpty() && ended.isEmpty();
    }
  }

  /** An alert that was told to fire and does not any more. */
  record Ended(Alert alert, Instant at) {}

  /** What is to be told of one rule. */
  record News(String rule, Map<String, Alert> firing, List<Ended> ended) {}

  /** Takes how alerts stand now. */
  void update(List<Alert> alerts, Instant now) {
    Map<String, Map<String, Alert>> firing = new LinkedHashMap<>();
    Set<String> silenced = new HashSet<>();
    for (Alert alert : alerts) {
      if (alert.state() == AlertState.FIRING && alert.silencedBy() == null) {
        firing
            .computeIfAbsent(alert.rule(), rule -> new LinkedHashMap<>())
            .put(alert.fingerprint(), alert);
      } else if (alert.state() == AlertState.FIRING) {
        silenced.add(alert.fingerprint());
      }
    }
    lock.lock();
    try {
      firing.keySet().forEach(rule -> groups.computeIfAbsent(rule, fresh -> new Group()));
      groups.forEach(
          (rule, group) -> update(group, firing.getOrDefault(rule, Map.of()), silenced, now));
      groups.values().removeIf(Group::isOver);
    } finally {
      lock.unlock();
    }
  }

  private static void update(
      Group group, Map<String, Alert> firing, Set<String> silenced, Instant now) {
    group.firing = Map.copyOf(firing);
    group.ended.keySet().removeAll(firing.keySet());
    group.told.forEach(
        (fingerprint, alert) -> {
          if (!firing.containsKey(fingerprint) && !silenced.contains(fingerprint)) {
            group.ended.putIfAbsent(fingerprint, new Ended(alert, now));
          }
        });
  }

  /** News of one rule, if there is any: what is new, or is to be repeated. */
  Optional<News> next(Instant now, Duration repeat) {
    lock.lock();
    try {
      return groups.entrySet().stream()
          .filter(entry -> entry.getValue().isNews(now, repeat))
          .findFirst()
          .map(
              entry ->
                  new News(
                      entry.getKey(),
                      entry.getValue().firing,
                      List.copyOf(entry.getValue().ended.values())));
    } finally {
      lock.unlock();
    }
  }

  /** Takes that somebody took the news. */
  void taken(News news, Instant now) {
    lock.lock();
    try {
      Group group = groups.get(news.rule());
      if (group != null) {
        Map<String, Alert> told = new HashMap<>(news.firing());
        group.told.forEach(
            (fingerprint, alert) -> {
              boolean wasEnded =
                  news.ended().stream()
                      .anyMatch(ended -> ended.alert().fingerprint().equals(fingerprint));
              if (!wasEnded) {
                told.putIfAbsent(fingerprint, alert);
              }
            });
        group.told = Map.copyOf(told);
        news.ended().forEach(ended -> group.ended.remove(ended.alert().fingerprint()));
        group.toldAt = now;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Rules with news. */
  int waiting(Instant now, Duration repeat) {
    lock.lock();
    try {
      return (int)
          new ArrayList<>(groups.values()).stream().filter(g -> g.isNews(now, repeat)).count();
    } finally {
      lock.unlock();
    }
  }
}
