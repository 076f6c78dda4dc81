package dev.clearspan.rpc.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody who misspelt a name may have meant. */
final class NearNames {
  private static final int MOST_CHARACTERS = 128;

  private NearNames() {}

  /** The names with the fewest differing characters, nearest first. */
  static List<String> nearest(String wanted, Collection<String> names, int most) {
    String lower = cut(wanted);
    return names.stream()
        .sorted(
            Comparator.<String>comparingInt(name -> distance(lower, cut(name)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(most)
        .toList();
  }

  private static String cut(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.length() <= MOST_CHARACTERS ? lower : lower.substring(0, MOST_CHARACTERS);
  }

  /** Insertions, deletions and replacements that make one of the other (Levenshtein). */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
