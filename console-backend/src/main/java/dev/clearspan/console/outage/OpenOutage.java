package dev.clearspan.console.outage;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An outage that goes on, with those who say so. Not thread-safe. */
final class OpenOutage {
  private final Key key;
  private final Report first;
  private final Set<String> reporters = new HashSet<>();
  private int most;

  /** What is out, and why. */
  record Key(String service, String instance, OutageKind kind) {}

  /** What one process says of it. */
  record Report(String cause, Instant since) {}

  OpenOutage(Key key, Report first) {
    this.key = key;
    this.first = first;
  }

  Key key() {
    return key;
  }

  void reportedBy(String process) {
    reporters.add(process);
    most = Math.max(most, reporters.size());
  }

  /** Says whether nobody is left who says so. */
  boolean takenBackBy(String process) {
    reporters.remove(process);
    return reporters.isEmpty();
  }

  Outage as(@Nullable Instant until) {
    return new Outage(key.instance(), key.kind(), first.cause(), first.since(), until, most);
  }
}
