package dev.clearspan.console.audit;

import dev.clearspan.console.chain.ChainMark;
import dev.clearspan.console.identity.AuditIndex.Link;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The console's notes on all audit rows at one moment. */
record NotedChain(ChainMark mark, List<Link> links) {
  /** 0: there is no row. */
  long lastRevision() {
    return links.isEmpty() ? 0 : links.get(links.size() - 1).revision();
  }

  long firstRevision() {
    return links.isEmpty() ? 0 : links.get(0).revision();
  }

  Set<String> ids() {
    return links.stream().map(Link::id).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The revision up to which rows were pruned; 0: none were. Only rows that know this chain's
   * hashes count: else whoever removes rows could add one that allows it.
   */
  long pruned(List<PruneMark> marks) {
    return marks.stream().filter(this::knows).mapToLong(PruneMark::revision).max().orElse(0);
  }

  private boolean knows(PruneMark prune) {
    if (prune.position() <= mark.dropped()) {
      return prune.position() == mark.dropped() && prune.hash().equals(mark.startHash());
    }
    long offset = prune.position() - mark.dropped() - 1;
    return offset < links.size() && prune.equals(PruneMark.of(links.get((int) offset)));
  }

  /** The last of the rows that were pruned and are gone. */
  Optional<Link> lastPruned(SeenRows.Moment moment) {
    long pruned = pruned(moment.prunes());
    return links.stream()
        .filter(link -> link.revision() <= pruned && !moment.rows().containsKey(link.id()))
        .reduce((first, second) -> second);
  }
}
