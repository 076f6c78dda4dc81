package dev.clearspan.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.web.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An export as RFC 4180 has it: every field in quotes, lines end with CR LF. */
public final class AuditCsv {
  private static final List<String> READABLE =
      List.of("at", "author", "action", "service", "key", "reason");

  /** A spreadsheet takes what begins so for a formula, and runs it. */
  private static final String FORMULAS = "=+-@\t\r";

  private AuditCsv() {}

  /** The text, with a line of names. */
  public static String of(AuditExport export) {
    Stream<String> names =
        Stream.of(
                Stream.of("position", "revision", "id"),
                READABLE.stream(),
                Stream.of("value", "previous", "hash"))
            .flatMap(part -> part);
    return line(names) + export.rows().stream().map(AuditCsv::row).collect(Collectors.joining());
  }

  private static String row(AuditExport.Row row) {
    String value = row.value() == null ? "" : row.value();
    JsonNode parsed = Json.lenient(value);
    Stream<String> readable = READABLE.stream().map(name -> parsed.path(name).asText());
    return line(
        Stream.of(
                Stream.of(Long.toString(row.position()), Long.toString(row.revision()), row.id()),
                readable,
                Stream.of(value, row.previous(), row.hash()))
            .flatMap(part -> part));
  }

  private static String line(Stream<String> fields) {
    return fields.map(AuditCsv::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String field) {
    boolean formula = !field.isEmpty() && FORMULAS.indexOf(field.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + field.replace("\"", "\"\"") + '"';
  }
}
