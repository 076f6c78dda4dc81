package dev.clearspan.rpc;

import java.util.Locale;

/**
 * How much a call matters when a server cannot serve all: the four classes of Google's "Site
 * Reliability Engineering", chapter 21. From the most to the least important. A call that a handler
 * makes is of the class of the call it serves, unless it says otherwise.
 */
public enum Criticality {
  /** Its failure is seen by people at once and costs dearly: refused last. */
  CRITICAL_PLUS,

  /** The default: a server must have room for all of these. */
  CRITICAL,

  /** Some of them may fail for minutes, such as work in batches that is repeated. */
  SHEDDABLE_PLUS,

  /** All of them may fail at times: refused first. */
  SHEDDABLE;

  /** The header of gRPC and HTTP that carries a class other than the default. */
  public static final String HEADER = "clearspan-criticality";

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Its name in headers: {@code sheddable_plus}. */
  public String label() {
    return label;
  }

  /** The class with this label; the default for any other text. */
  public static Criticality labelled(CharSequence text) {
    for (Criticality each : values()) {
      if (each.label.contentEquals(text)) {
        return each;
      }
    }
    return CRITICAL;
  }
}
