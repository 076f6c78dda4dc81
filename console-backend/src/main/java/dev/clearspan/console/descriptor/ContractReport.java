package dev.clearspan.console.descriptor;

import dev.clearspan.contract.Difference;
import java.util.List;
import java.util.Locale;

/**
 * Whether the contracts that a service's instances have now fit together.
 *
 * @param breaking whether a step breaks peers
 * @param versions the oldest first
 * @param steps from each version to the next newer one; at most 7
 */
public record ContractReport(
    String service, boolean breaking, List<LiveVersion> versions, List<Step> steps) {

  /**
   * What changes from one contract to the next.
   *
   * @param from hash of the older one
   * @param to hash of the newer one
   * @param differences worst first
   */
  public record Step(String from, String to, List<Row> differences) {
    boolean breaking() {
      return differences.stream().anyMatch(row -> !row.level().equals("source"));
    }
  }

  /**
   * A difference.
   *
   * @param level {@code wire}, {@code json} or {@code source}, of which the last breaks nobody
   * @param rule such as {@code FIELD_REMOVED}
   * @param element full name of what differs
   * @param line from 1; 0: not known
   * @param breaks whom it hurts, and how
   * @param methods those concerned, at most 20
   */
  public record Row(
      String level,
      String rule,
      String element,
      String file,
      int line,
      String detail,
      String breaks,
      List<String> methods) {
    static Row of(Difference difference) {
      return new Row(
          difference.level().name().toLowerCase(Locale.ROOT),
          difference.rule().name(),
          difference.element(),
          difference.file(),
          difference.line(),
          difference.detail(),
          difference.rule().breaks(),
          difference.methods());
    }
  }
}
