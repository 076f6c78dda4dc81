package dev.clearspan.rpc;

import java.time.Duration;

/** What a method does. The kind sets the deadline of calls that state none. */
public enum MethodKind {
  /** Reads only. */
  QUERY(Duration.ofSeconds(1)),
  /** Changes state. */
  WRITE(Duration.ofSeconds(3)),
  /** Waits for a system outside our control. */
  EXTERNAL(Duration.ofSeconds(5));

  private final Duration defaultDeadline;

  MethodKind(Duration defaultDeadline) {
    this.defaultDeadline = defaultDeadline;
  }

  /** The deadline of a call that neither its caller nor a policy gave one. */
  public Duration defaultDeadline() {
    return defaultDeadline;
  }
}
