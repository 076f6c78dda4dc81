package dev.clearspan.contract;

import java.util.List;

/**
 * Something that two contracts do not agree on.
 *
 * @param element full name of what differs, such as {@code shop.Order.quantity}
 * @param file the .proto that declares it, in the newer contract if it is there
 * @param line from 1; 0 where the descriptors do not say, as those of generated Java code
 * @param detail what it was and what it is
 * @param methods full names of the methods concerned, at most 20
 */
public record Difference(
    Rule rule, String element, String file, int line, String detail, List<String> methods) {
  static final int MOST_METHODS = 20;

  public Difference {
    methods = List.copyOf(methods);
  }

  public Level level() {
    return rule.level();
  }

  /** As compilers do: {@code file:line: WIRE FIELD_TYPE shop.Order.quantity: int32, now string}. */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + ": "
        + level()
        + " "
        + rule
        + " "
        + element
        + ": "
        + detail;
  }
}
