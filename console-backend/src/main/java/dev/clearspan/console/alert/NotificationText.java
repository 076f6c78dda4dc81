package dev.clearspan.console.alert;

import dev.clearspan.console.web.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes news as Alertmanager would. */
final class NotificationText {
  static final int MOST_ALERTS = 100;

  private static final String FIRING = "firing";
  private static final String RESOLVED = "resolved";
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  private NotificationText() {}

  /** The body of a request; firing alerts first, at most 100. */
  static String of(Notifications.News news, String externalUrl) {
    List<Notification.One> all = new ArrayList<>();
    news.firing().values().stream()
        .sorted(Comparator.comparing(Alert::fingerprint))
        .forEach(alert -> all.add(one(alert, FIRING, NEVER, externalUrl)));
    news.ended().stream()
        .sorted(Comparator.comparing(ended -> ended.alert().fingerprint()))
        .forEach(ended -> all.add(one(ended.alert(), RESOLVED, ended.at(), externalUrl)));
    List<Notification.One> told = all.subList(0, Math.min(MOST_ALERTS, all.size()));
    return Json.write(
        new Notification(
            "4",
            "{}:{rule=\"" + news.rule() + "\"}",
            all.size() - told.size(),
            news.firing().isEmpty() ? RESOLVED : FIRING,
            "clearspan",
            Map.of("rule", news.rule()),
            common(told.stream().map(Notification.One::labels).toList()),
            common(told.stream().map(Notification.One::annotations).toList()),
            externalUrl,
            told));
  }

  private static Notification.One one(
      Alert alert, String status, Instant endsAt, String externalUrl) {
    return new Notification.One(
        status,
        new TreeMap<>(alert.labels()),
        annotations(alert),
        alert.firedAt() == null ? alert.since() : alert.firedAt(),
        endsAt,
        externalUrl + "/alerts?rule=" + URLEncoder.encode(alert.rule(), StandardCharsets.UTF_8),
        alert.fingerprint());
  }

  private static Map<String, String> annotations(Alert alert) {
    Map<String, String> annotations = new TreeMap<>();
    annotations.put("summary", alert.summary().isEmpty() ? alert.name() : alert.summary());
    annotations.put("description", description(alert));
    if (!alert.runbookUrl().isEmpty()) {
      annotations.put("runbook_url", alert.runbookUrl());
    }
    return annotations;
  }

  private static String description(Alert alert) {
    String value =
        alert.value() == null ? "no value" : String.format(Locale.ROOT, "%.4g", alert.value());
    return value
        + " "
        + alert.unit()
        + " ("
        + alert.operator().sign()
        + " "
        + String.format(Locale.ROOT, "%.4g", alert.threshold())
        + "); "
        + alert.detail();
  }

  /** What all of them have. */
  private static Map<String, String> common(List<Map<String, String>> all) {
    Map<String, String> common = new TreeMap<>(all.isEmpty() ? Map.of() : all.get(0));
    all.forEach(one -> common.entrySet().retainAll(one.entrySet()));
    return common;
  }
}
