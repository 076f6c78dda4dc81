package dev.clearspan.console.policy;

import java.util.List;

/**
 * Who would apply a document that is not stored yet.
 *
 * @param processes that it concerns
 * @param unknown fields that some of them would ignore
 */
public record DraftAudience(int processes, List<UnknownField> unknown) {
  public DraftAudience {
    unknown = List.copyOf(unknown);
  }

  /**
   * A field that older processes ignore.
   *
   * @param field such as {@code service.hedge.percentile}
   * @param processes how many do not know it
   * @param examples their services and instances or process ids, at most ten
   */
  public record UnknownField(String field, int processes, List<String> examples) {
    public UnknownField {
      examples = List.copyOf(examples);
    }
  }
}
