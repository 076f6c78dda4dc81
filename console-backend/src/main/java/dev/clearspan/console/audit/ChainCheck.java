package dev.clearspan.console.audit;

import dev.clearspan.console.chain.ChainBreak;
import dev.clearspan.console.chain.ChainMark;
import dev.clearspan.console.identity.AuditIndex.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was noted of the audit rows with the notes themselves and with what the registry
 * has now.
 */
final class ChainCheck {
  private final ChainMark mark;
  private final List<Link> links;
  private final Map<String, SeenRow> stored;
  private final long pruned;
  private final List<ChainBreak> breaks = new ArrayList<>();

  /**
   * @param stored by id
   * @param pruned revision up to which rows may be gone, as a row of the chain says
   */
  ChainCheck(NotedChain chain, Map<String, SeenRow> stored, long pruned) {
    this.mark = chain.mark();
    this.links = chain.links();
    this.stored = stored;
    this.pruned = pruned;
  }

  /** All places that do not hold, by position. */
  List<ChainBreak> breaks() {
    Set<String> noted = new HashSet<>();
    String previous = mark.startHash();
    long position = mark.dropped();
    for (Link link : links) {
      noted.add(link.id());
      if (link.position() != position + 1 || !link.hash().equals(link.hashAfter(previous))) {
        add(ChainBreak.Kind.INDEX, link, "the console's note does not follow from the one before");
      }
      compare(link, stored.get(link.id()));
      previous = link.hash();
      position = link.position();
    }
    checkEnd(previous, position);
    stored.values().stream()
        .filter(row -> !noted.contains(row.id()))
        .sorted(Comparator.comparingLong(SeenRow::revision))
        .forEach(this::checkUnnoted);
    return breaks;
  }

  private void compare(Link link, @Nullable SeenRow row) {
    if (row == null) {
      if (link.revision() > pruned) {
        add(ChainBreak.Kind.REMOVED, link, "the registry has it no more");
      }
    } else if (row.revision() != link.revision()) {
      add(
          ChainBreak.Kind.ALTERED,
          link,
          "it was removed and written again at revision " + row.revision());
    } else if (row.modRevision() != link.modRevision() || !row.digest().equals(link.digest())) {
      add(
          ChainBreak.Kind.ALTERED,
          link,
          "it was written over at revision " + row.modRevision() + " (expected: never)");
    }
  }

  private void checkEnd(String hash, long position) {
    if (position != mark.length() || !hash.equals(mark.headHash())) {
      breaks.add(
          new ChainBreak(
              ChainBreak.Kind.INDEX,
              position,
              0,
              "",
              "the console's notes end at row "
                  + position
                  + " (expected: at row "
                  + mark.length()
                  + ")"));
    }
  }

  /** Newer rows are chained in the next round; this one came later than its revision says. */
  private void checkUnnoted(SeenRow row) {
    long newest = links.isEmpty() ? pruned : links.get(links.size() - 1).revision();
    if (row.revision() <= newest) {
      breaks.add(
          new ChainBreak(
              ChainBreak.Kind.INSERTED,
              0,
              row.revision(),
              row.id(),
              "the registry had no such row when revision " + newest + " was chained"));
    }
  }

  private void add(ChainBreak.Kind kind, Link link, String detail) {
    breaks.add(new ChainBreak(kind, link.position(), link.revision(), link.id(), detail));
  }
}
