package dev.clearspan.ctl.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** What differs between two documents, as a unified diff. */
public final class TextDiff {
  private static final int CONTEXT_LINES = 3;
  private static final ObjectMapper SORTED =
      new ObjectMapper()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private TextDiff() {}

  /** Empty if they say the same. */
  public static String of(String beforeName, JsonNode before, String afterName, JsonNode after) {
    List<String> old = lines(before);
    return String.join(
        System.lineSeparator(),
        UnifiedDiffUtils.generateUnifiedDiff(
            beforeName, afterName, old, DiffUtils.diff(old, lines(after)), CONTEXT_LINES));
  }

  /** A document with its fields in order, as it is kept in files. */
  public static String pretty(JsonNode document) {
    try {
      Object plain = SORTED.treeToValue(document, Object.class);
      return SORTED.writeValueAsString(plain).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was read cannot be written", e);
    }
  }

  private static List<String> lines(JsonNode document) {
    return document.isMissingNode() || document.isNull()
        ? List.of()
        : pretty(document).lines().toList();
  }
}
