package dev.clearspan.protoc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An expression that is laid out as google-java-format does: on one line, else its arguments on the
 * next, else one argument a line.
 *
 * @param head what stands before the arguments, such as {@code List.of}
 * @param arguments null for an expression that is never broken
 */
record Call(String head, @Nullable List<Call> arguments) {
  private static final int WIDTH = 100;
  private static final int CONTINUATION = 4;

  static Call of(String head, List<Call> arguments) {
    return new Call(head, List.copyOf(arguments));
  }

  /** An argument that stays in one piece. */
  static Call word(String text) {
    return new Call(text, null);
  }

  /** The lines between a prefix, such as {@code return}, and a suffix, such as a semicolon. */
  String render(int indent, String prefix, String suffix) {
    List<String> lines = new ArrayList<>();
    layOut(indent, prefix, suffix, lines);
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private void layOut(int indent, String prefix, String suffix, List<String> lines) {
    String flat = " ".repeat(indent) + prefix + flat() + suffix;
    if (flat.length() <= WIDTH || arguments == null || arguments.isEmpty()) {
      lines.add(flat);
      return;
    }
    lines.add(" ".repeat(indent) + prefix + head + "(");
    int inner = indent + CONTINUATION;
    String oneLine = " ".repeat(inner) + flatArguments(arguments) + ")" + suffix;
    if (oneLine.length() <= WIDTH) {
      lines.add(oneLine);
      return;
    }
    for (int i = 0; i < arguments.size(); i++) {
      boolean last = i == arguments.size() - 1;
      arguments.get(i).layOut(inner, "", last ? ")" + suffix : ",", lines);
    }
  }

  private String flat() {
    return arguments == null ? head : head + "(" + flatArguments(arguments) + ")";
  }

  private static String flatArguments(List<Call> arguments) {
    return arguments.stream().map(Call::flat).collect(Collectors.joining(", "));
  }
}
