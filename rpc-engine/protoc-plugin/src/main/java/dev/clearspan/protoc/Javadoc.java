package dev.clearspan.protoc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Javadoc comment, wrapped at 100 columns the way google-java-format does. */
final class Javadoc {
  private static final int WIDTH = 100;
  private static final Pattern CODE = Pattern.compile("`([A-Za-z0-9_./ ,:=()\\[\\]\"'-]+)`");
  private static final Pattern PARAGRAPH_END = Pattern.compile("\\n[ \\t]*\\n");

  private final List<String> paragraphs = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();

  /** Adds a paragraph of Javadoc text. */
  Javadoc text(String paragraph) {
    paragraphs.add(paragraph);
    return this;
  }

  /** Adds a .proto comment, which may hold anything: it is escaped; empty lines part paragraphs. */
  Javadoc comment(String comment) {
    for (String paragraph : PARAGRAPH_END.split(comment.strip())) {
      if (!paragraph.isBlank()) {
        paragraphs.add(escape(paragraph).strip());
      }
    }
    return this;
  }

  /** Adds a block tag such as {@code @throws}. */
  Javadoc tag(String tag) {
    tags.add(tag);
    return this;
  }

  /** The comment, each line indented by so many spaces and ended. */
  String render(int indent) {
    String margin = " ".repeat(indent);
    if (paragraphs.size() == 1 && tags.isEmpty()) {
      String line = margin + "/** " + String.join(" ", words(paragraphs.get(0))) + " */";
      if (line.length() <= WIDTH) {
        return line + "\n";
      }
    }
    StringBuilder text = new StringBuilder(margin).append("/**\n");
    body(margin + " *").forEach(line -> text.append(line).append('\n'));
    return text.append(margin).append(" */\n").toString();
  }

  private List<String> body(String margin) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < paragraphs.size(); i++) {
      if (i > 0) {
        lines.add(margin);
      }
      lines.addAll(wrap((i > 0 ? "<p>" : "") + paragraphs.get(i), margin + " ", ""));
    }
    if (!tags.isEmpty()) {
      lines.add(margin);
    }
    for (String tag : tags) {
      lines.addAll(wrap(tag, margin + " ", "    "));
    }
    return lines;
  }

  private static List<String> wrap(String text, String margin, String hanging) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(margin);
    boolean empty = true;
    for (String word : words(text)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(margin).append(hanging);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  private static String escape(String text) {
    StringBuilder result = new StringBuilder();
    Matcher code = CODE.matcher(text);
    int from = 0;
    while (code.find()) {
      result.append(escapeHtml(text.substring(from, code.start())));
      result.append("{@code ").append(code.group(1).strip()).append('}');
      from = code.end();
    }
    return result.append(escapeHtml(text.substring(from))).toString();
  }

  private static String escapeHtml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("*/", "*&#47;")
        .replace("\\", "&#92;");
  }
}
