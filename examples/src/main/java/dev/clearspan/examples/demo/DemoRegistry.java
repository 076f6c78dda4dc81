package dev.clearspan.examples.demo;

import dev.clearspan.examples.cli.UsageException;
import java.util.Arrays;
import java.util.Locale;

/** What the demo's processes register with; each is asked over HTTP in its own way. */
enum DemoRegistry {
  /** Ours, which needs nothing installed. */
  EMBEDDED("/healthz", "/etcdserverpb.KV/Range"),
  /** The etcd that is installed, through its JSON gateway. */
  ETCD("/health", "/v3/kv/range");

  private final String healthPath;
  private final String rangePath;

  DemoRegistry(String healthPath, String rangePath) {
    this.healthPath = healthPath;
    this.rangePath = rangePath;
  }

  /**
   * The one of this name.
   *
   * @throws UsageException if there is none
   */
  static DemoRegistry of(String name) {
    return Arrays.stream(values())
        .filter(each -> each.label().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("--registry: " + name + " (expected: embedded or etcd)"));
  }

  /** "embedded", "etcd": also its process' name. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Answers 200 when it serves. */
  String healthPath() {
    return healthPath;
  }

  /** Takes a range request as JSON. */
  String rangePath() {
    return rangePath;
  }
}
