package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.internal.coding.Coding;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The compressed messages that a process takes.
 *
 * @param known in these codings
 * @param inStreams also in DATA, which came after REQUEST and RESPONSE
 */
public record Codings(Set<Coding> known, boolean inStreams) {
  /** A process that takes none. */
  public static final Codings NONE = new Codings(Set.of(), false);

  /** All that this process can unpack. */
  public static final Codings OURS = new Codings(Coding.AVAILABLE, true);

  private static final int MOST = 16;

  public Codings {
    known = Set.copyOf(known);
  }

  /** As field 09 of HELLO names them. */
  String text() {
    return known.stream().sorted().map(Coding::label).collect(Collectors.joining(","));
  }

  /** Those of a list of names that this version knows. */
  static Set<Coding> named(String text) {
    List<String> names = List.of(text.split(",", MOST));
    Set<Coding> found = EnumSet.noneOf(Coding.class);
    for (Coding each : Coding.values()) {
      if (names.contains(each.label())) {
        found.add(each);
      }
    }
    return found;
  }
}
