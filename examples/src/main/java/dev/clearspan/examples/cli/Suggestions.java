package dev.clearspan.examples.cli;

import java.util.Collection;
import java.util.Comparator;

/** "Did you mean ...?" by edit distance (Levenshtein 1966). */
final class Suggestions {
  private Suggestions() {}

  /** A sentence that names the nearest known word, or all of them if none is near. */
  static String of(String found, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(word -> distance(found, word)))
        .filter(word -> distance(found, word) <= Math.max(2, found.length() / 3))
        .map(word -> "did you mean " + word + "?")
        .orElse("expected one of: " + String.join(", ", known));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j - 1], diagonal));
      }
    }
    return row[b.length()];
  }
}
