package dev.clearspan.protoc;

import java.util.List;

/** The first lines of a method, laid out as google-java-format does. */
record Signature(
    String modifiers, String result, String name, List<String> parameters, String clause) {
  private static final int WIDTH = 100;
  private static final String INDENT = "  ";
  private static final String CONTINUATION = "      ";

  /**
   * The lines up to the opening brace.
   *
   * <p>{@code clause} is {@code throws ...} or empty.
   */
  String render() {
    String start = INDENT + modifiers + " " + result + " " + name + "(";
    String end = clause.isEmpty() ? " {" : " " + clause + " {";
    String flat = start + String.join(", ", parameters) + ")";
    if (flat.length() + end.length() <= WIDTH) {
      return flat + end + "\n";
    }
    String second = CONTINUATION + clause + " {\n";
    if (!clause.isEmpty() && flat.length() <= WIDTH) {
      return flat + "\n" + second;
    }
    String broken = start + "\n" + brokenParameters() + ")";
    return clause.isEmpty() ? broken + " {\n" : broken + "\n" + second;
  }

  private String brokenParameters() {
    String oneLine = CONTINUATION + String.join(", ", parameters);
    boolean fits = oneLine.length() + ") {".length() <= WIDTH;
    return fits ? oneLine : CONTINUATION + String.join(",\n" + CONTINUATION, parameters);
  }
}
