package dev.clearspan.console.alert;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** What names an alert to others. */
record AlertLabels(SortedMap<String, String> all) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final byte SEPARATOR = (byte) 0xff;

  static AlertLabels of(AlertRule rule, AlertTarget target, String env) {
    SortedMap<String, String> labels = new TreeMap<>(rule.labels());
    labels.put("alertname", rule.name());
    labels.put("rule", rule.id());
    labels.put("kind", rule.kind().word());
    labels.put("severity", rule.severity().word());
    labels.put("env", env);
    putIfAny(labels, "service", target.service());
    putIfAny(labels, "method", target.method());
    putIfAny(labels, "caller", target.caller());
    putIfAny(labels, "instance", target.instance());
    return new AlertLabels(labels);
  }

  private static void putIfAny(SortedMap<String, String> labels, String name, String value) {
    if (!value.isEmpty()) {
      labels.put(name, value);
    }
  }

  /** 64 bit FNV-1a over the sorted names and values, as Prometheus' labels have it. */
  String fingerprint() {
    long hash = FNV_OFFSET;
    for (var label : all.entrySet()) {
      hash = add(add(hash, label.getKey()), label.getValue());
    }
    return String.format("%016x", hash);
  }

  private static long add(long hash, String text) {
    long sum = hash;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      sum = (sum ^ (each & 0xff)) * FNV_PRIME;
    }
    return (sum ^ (SEPARATOR & 0xff)) * FNV_PRIME;
  }
}
