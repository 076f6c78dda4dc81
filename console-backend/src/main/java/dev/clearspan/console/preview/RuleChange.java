package dev.clearspan.console.preview;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that changes for some methods.
 *
 * @param field as in the document, such as {@code retry.maxAttempts}
 * @param methods for which it does, of those seen or named in a document
 * @param why who wins afterwards, in a sentence
 */
public record RuleChange(
    String field, List<String> methods, Setting before, Setting after, String why) {

  /**
   * A field's value.
   *
   * @param value as in the document; null: the default goes by something else
   */
  public record Setting(@Nullable Object value, Layer layer) {}

  /** Who sets a field, the strongest first. */
  public enum Layer {
    METHOD,
    SERVICE,
    /** The caller's code if it says something, else the built-in default. */
    CODE_OR_DEFAULT
  }
}
