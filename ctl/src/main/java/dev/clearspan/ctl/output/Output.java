package dev.clearspan.ctl.output;

import java.util.Locale;

/** What is written to the terminal. */
public enum Output {
  TABLE,
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
