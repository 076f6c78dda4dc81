package dev.clearspan.etcd;

import java.util.List;

/** What became of a registry value: a message that satisfies the rules, or the reason why not. */
sealed interface Parsed<M> {
  /**
   * A usable value.
   *
   * @param ignoredFields paths of fields this version does not know
   */
  record Valid<M>(M message, List<String> ignoredFields) implements Parsed<M> {}

  /** A value that is not applied. */
  record Invalid<M>(String reason) implements Parsed<M> {}
}
