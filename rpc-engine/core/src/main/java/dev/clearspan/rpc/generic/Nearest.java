package dev.clearspan.rpc.generic;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that a mistyped one was probably meant to be. */
final class Nearest {
  private static final int LONGEST = 128;

  private Nearest() {}

  /** The nearest name, if less than half of it differs, capitals aside; else null. */
  static @Nullable String of(String mistyped, Collection<String> names) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      if (mistyped.length() <= LONGEST && name.length() <= LONGEST) {
        int distance = distance(lower(mistyped), lower(name));
        if (distance < least && distance * 2 < name.length()) {
          nearest = name;
          least = distance;
        }
      }
    }
    return nearest;
  }

  /** The name, cut if it is too long to be one. */
  static String shown(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...";
  }

  /** Levenshtein's distance: insertions, deletions and replacements between the two. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], diagonal));
      }
    }
    return row[to.length()];
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
