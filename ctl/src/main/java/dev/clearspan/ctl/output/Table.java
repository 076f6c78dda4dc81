package dev.clearspan.ctl.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns as wide as they need to be; numbers are set to the right. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  /** Adds a row: one value for each heading. */
  public Table row(Object... values) {
    List<String> row = new ArrayList<>();
    for (Object value : values) {
      row.add(oneLine(value.toString()));
    }
    rows.add(row);
    return this;
  }

  /** A control character of somebody's text must not move the reader's cursor. */
  static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    boolean[] numeric = new boolean[headings.size()];
    int[] widths = new int[headings.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = headings.get(column).length();
      numeric[column] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
        numeric[column] &= isNumber(row.get(column));
      }
    }
    append(text, headings, widths, numeric);
    rows.forEach(row -> append(text, row, widths, numeric));
    return text.toString();
  }

  private static void append(
      StringBuilder text, List<String> cells, int[] widths, boolean[] numeric) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - cells.get(column).length());
      String cell = cells.get(column);
      line.append(column == 0 ? "" : GAP).append(numeric[column] ? padding + cell : cell + padding);
    }
    text.append(line.toString().stripTrailing()).append(System.lineSeparator());
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty() || cell.equals(Words.NONE) || Character.isDigit(cell.charAt(0));
  }
}
