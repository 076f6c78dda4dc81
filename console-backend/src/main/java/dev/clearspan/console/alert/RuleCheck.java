package dev.clearspan.console.alert;

import dev.clearspan.console.alert.AlertRuleRequest.ConditionRequest;
import dev.clearspan.console.alert.AlertRuleRequest.TargetRequest;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.rpc.discovery.RegistryNames;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a rule of what somebody wrote, or names the field that is wrong (422). */
final class RuleCheck {
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9_.]{1,200}/[A-Za-z0-9_]{1,100}");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,62}");
  private static final Set<String> RESERVED =
      Set.of(
          "alertname",
          "rule",
          "kind",
          "env",
          "severity",
          "service",
          "method",
          "caller",
          "instance");
  private static final long DAY_SECONDS = 86_400;
  private static final int MAX_NAME = 100;
  private static final int MAX_SUMMARY = 500;
  private static final int MAX_LABELS = 16;
  private static final int MAX_LABEL_VALUE = 200;
  private static final long DEFAULT_WINDOW = 30;

  private RuleCheck() {}

  static AlertRule rule(String id, AlertRuleRequest request) {
    requireId(id);
    if (request.id() != null && !request.id().equals(id)) {
      throw ProblemException.invalid(
          "id", "'" + request.id() + "' (expected: " + id + ", as in the address, or none)");
    }
    AlertKind kind = required("kind", request.kind(), "what the rule looks at");
    long forSeconds = between("forSeconds", request.forSeconds(), 0, 0, DAY_SECONDS);
    return new AlertRule(
        id,
        text("name", request.name() == null ? id : request.name(), MAX_NAME),
        kind,
        target(kind, request.target()),
        condition(kind, required("condition", request.condition(), "operator and threshold")),
        forSeconds,
        between("resolveSeconds", request.resolveSeconds(), forSeconds, 0, DAY_SECONDS),
        request.severity() == null ? AlertSeverity.WARNING : request.severity(),
        request.enabled() == null || request.enabled(),
        text("summary", request.summary(), MAX_SUMMARY),
        url(request.runbookUrl()),
        labels(request.labels()));
  }

  static void requireId(String id) {
    if (!ID.matcher(id).matches()) {
      throw ProblemException.invalid(
          "id", "'" + id + "' (expected: 1 to 63 of a-z 0-9 . _ -, a letter or digit first)");
    }
  }

  private static RuleTarget target(AlertKind kind, @Nullable TargetRequest request) {
    if (request == null) {
      return RuleTarget.ALL;
    }
    String service = part("service", request.service(), kind, kind.takesService());
    String method = part("method", request.method(), kind, kind.takesMethod());
    String caller = part("caller", request.caller(), kind, kind.takesCaller());
    requireName("target.service", service);
    requireName("target.caller", caller);
    if (!method.isEmpty() && !METHOD.matcher(method).matches()) {
      throw ProblemException.invalid(
          "target.method", "'" + method + "' (expected: package.Service/Method)");
    }
    return new RuleTarget(service, method, caller);
  }

  private static String part(String name, @Nullable String value, AlertKind kind, boolean taken) {
    String text = value == null ? "" : value;
    if (!text.isEmpty() && !taken) {
      throw ProblemException.invalid(
          "target." + name, "'" + text + "' (expected: none, since " + kind.word() + " has none)");
    }
    return text;
  }

  static void requireName(String field, String name) {
    if (!name.isEmpty() && !RegistryNames.isName(name)) {
      throw ProblemException.invalid(
          field, "'" + name + "' (expected: 1 to 63 of a-z 0-9 . _ -, or none for all)");
    }
  }

  private static AlertCondition condition(AlertKind kind, ConditionRequest request) {
    double threshold = required("condition.threshold", request.threshold(), kind.unit());
    if (!(threshold >= 0 && threshold <= kind.most())) {
      throw ProblemException.invalid(
          "condition.threshold",
          threshold + " (expected: 0 to " + (long) kind.most() + ", " + kind.unit() + ")");
    }
    if (request.unit() != null && !request.unit().equals(kind.unit())) {
      throw ProblemException.invalid(
          "condition.unit", "'" + request.unit() + "' (expected: " + kind.unit() + ")");
    }
    return new AlertCondition(
        request.operator() == null ? AlertOperator.AT_LEAST : request.operator(),
        threshold,
        kind.unit(),
        ofCalls(kind, "condition.windowSeconds", request.windowSeconds(), DEFAULT_WINDOW, 10, 900),
        ofCalls(kind, "condition.minCalls", request.minCalls(), 1, 1, 1_000_000));
  }

  private static long ofCalls(
      AlertKind kind, String field, @Nullable Long value, long fallback, long min, long max) {
    if (kind.ofCalls()) {
      return between(field, value, fallback, min, max);
    }
    if (value != null && value != 0) {
      throw ProblemException.invalid(
          field, value + " (expected: none, since " + kind.word() + " measures no calls)");
    }
    return 0;
  }

  private static long between(
      String field, @Nullable Long value, long fallback, long min, long max) {
    long number = value == null ? fallback : value;
    if (number < min || number > max) {
      throw ProblemException.invalid(field, number + " (expected: " + min + " to " + max + ")");
    }
    return number;
  }

  private static String text(String field, @Nullable String value, int max) {
    String text = value == null ? "" : value.strip();
    if (text.length() > max || text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(
          field,
          text.length() + " characters (expected: at most " + max + ", no control characters)");
    }
    return text;
  }

  private static String url(@Nullable String value) {
    String text = text("runbookUrl", value, MAX_SUMMARY);
    if (text.isEmpty()) {
      return text;
    }
    try {
      URI uri = URI.create(text);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, like another scheme.
    }
    throw ProblemException.invalid(
        "runbookUrl", "'" + text + "' (expected: http://... or https://...)");
  }

  private static Map<String, String> labels(@Nullable Map<String, String> labels) {
    if (labels == null) {
      return Map.of();
    }
    if (labels.size() > MAX_LABELS) {
      throw ProblemException.invalid(
          "labels", labels.size() + " (expected: at most " + MAX_LABELS + ")");
    }
    labels.forEach(RuleCheck::checkLabel);
    return labels;
  }

  private static void checkLabel(String name, @Nullable String value) {
    if (!LABEL.matcher(name).matches() || RESERVED.contains(name)) {
      throw ProblemException.invalid(
          "labels",
          "'" + name + "' (expected: a letter, then letters, digits and _; not the alert's own)");
    }
    if (value == null) {
      throw ProblemException.invalid("labels." + name, "null (expected: a text)");
    }
    text("labels." + name, value, MAX_LABEL_VALUE);
  }

  private static <T> T required(String field, @Nullable T value, String what) {
    if (value == null) {
      throw ProblemException.invalid(field, "missing (expected: " + what + ")");
    }
    return value;
  }
}
