package dev.clearspan.console.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One request of the corpus, to be sent as it stands.
 *
 * @param name the file and what the request tries
 * @param answers the answers that refuse it: a status, {@code page} (the console's page, which is
 *     what every address of the browser gets) or {@code closed}
 * @param marks what is special: {@code intake} goes to the OTLP port, {@code no-host} gets no Host
 *     line, {@code raw} is nothing but the bytes that follow
 * @param head the request line and the headers
 * @param body what follows the empty line
 */
record HostileRequest(
    String name, Set<String> answers, Set<String> marks, List<String> head, String body) {

  /** The bytes; what every client sends (host, length, close) is added where nothing is said. */
  byte[] bytes(Placeholders placeholders) {
    if (marks.contains("raw")) {
      return placeholders.fill(head.get(0)).getBytes(ISO_8859_1);
    }
    String filled = placeholders.fill(body);
    StringBuilder text = new StringBuilder();
    head.forEach(line -> text.append(placeholders.fill(line)).append("\r\n"));
    if (!says("Host") && !marks.contains("no-host")) {
      text.append(placeholders.fill("Host: {{host}}\r\n"));
    }
    if (!says("Connection")) {
      text.append("Connection: close\r\n");
    }
    if (!filled.isEmpty() && !says("Content-Length") && !says("Transfer-Encoding")) {
      text.append("Content-Length: ").append(filled.length()).append("\r\n");
    }
    return text.append("\r\n").append(filled).toString().getBytes(ISO_8859_1);
  }

  boolean toIntake() {
    return marks.contains("intake");
  }

  private boolean says(String header) {
    return head.stream().anyMatch(line -> line.regionMatches(true, 0, header, 0, header.length()));
  }

  @Override
  public String toString() {
    return name;
  }

  /** Reads one: its name, {@code = answers}, the head with its marks, an empty line, the body. */
  static HostileRequest parse(String file, String text) {
    List<String> lines = text.lines().toList();
    Set<String> answers = Set.of(lines.get(1).substring("= ".length()).split(" "));
    List<String> rest = lines.subList(2, lines.size());
    int empty = rest.indexOf("") < 0 ? rest.size() : rest.indexOf("");
    List<String> before = rest.subList(0, empty);
    Set<String> marks =
        before.stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1).split(" ")[0])
            .collect(Collectors.toUnmodifiableSet());
    List<String> head =
        before.stream()
            .flatMap(
                line -> line.startsWith("!raw ") ? Stream.of(line.substring(5)) : Stream.of(line))
            .filter(line -> !line.startsWith("!"))
            .toList();
    String body = String.join("\r\n", rest.subList(empty, rest.size())).strip();
    return new HostileRequest(file + ": " + lines.get(0), answers, marks, head, body);
  }
}
