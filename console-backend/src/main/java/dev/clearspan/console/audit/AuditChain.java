package dev.clearspan.console.audit;

import dev.clearspan.console.chain.ChainBreak;
import dev.clearspan.console.chain.ChainMark;
import dev.clearspan.console.chain.HashChain;
import dev.clearspan.console.identity.AuditIndex;
import dev.clearspan.console.identity.AuditIndex.Link;
import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.discovery.Subscription;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the audit rows of the registry: chains each new one, in the order of revisions, to
 * those before it, and tells when one is altered, removed or inserted later.
 *
 * <p>The rows are in etcd, written with the change they tell of; what is here only follows them. So
 * a console that is killed catches up when it starts, and loses nothing. Only the hashes are kept,
 * in the console's own database. Thread-safe.
 */
public final class AuditChain implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
  private static final Comparator<SeenRow> IN_ORDER =
      Comparator.comparingLong(SeenRow::revision).thenComparing(SeenRow::id);

  private final AuditIndex index;
  private final Clock clock;
  private final SeenRows seen = new SeenRows();
  private final Subscription subscription;
  private final ReentrantLock chaining = new ReentrantLock();
  private volatile long chained = -1;
  private long checked = -1; // guarded by chaining
  private boolean told; // guarded by chaining
  private @Nullable ChainBreak toldBreak; // guarded by chaining

  public AuditChain(ControlStore store, AuditIndex index, Clock clock) {
    this.index = index;
    this.clock = clock;
    this.subscription = store.follow(SeenRows.PREFIX, seen);
  }

  /**
   * Chains what is new, and looks at everything again if something happened that is not a new row.
   * Called every second.
   */
  @Override
  public void run() {
    if (seen.changes() == chained) {
      return;
    }
    chaining.lock();
    try {
      if (!catchUp()) {
        tell(state());
      }
    } finally {
      chaining.unlock();
    }
  }

  /** Whether appending was all there was to do. */
  private boolean catchUp() {
    SeenRows.Moment moment = seen.now();
    long last = index.lastRevision();
    if (!moment.loaded() || moment.doubts() != checked || last == 0) {
      return false;
    }
    append(index.mark().orElseThrow(), rowsAfter(moment, last), SeenRow::revision);
    chained = moment.changes();
    return true;
  }

  private void tell(AuditChainState state) {
    if (state.verdict() == AuditChainState.Verdict.UNREAD) {
      return;
    }
    ChainBreak first = state.breaks().isEmpty() ? null : state.breaks().get(0);
    if (first != null && !first.equals(toldBreak)) {
      LOG.error(
          "audit chain broken in {} places; the first: row {} of revision {} was {}: {}",
          state.breakCount(),
          first.id(),
          first.revision(),
          first.kind().word(),
          first.detail());
    } else if (first == null && (!told || toldBreak != null)) {
      LOG.info(
          "audit chain whole: {} rows to revision {}, newest {}",
          state.rows(),
          state.toRevision(),
          state.head());
    }
    told = true;
    toldBreak = first;
  }

  /** Chains what is new and compares everything again. */
  public AuditChainState state() {
    chaining.lock();
    try {
      SeenRows.Moment moment = seen.now();
      if (!moment.loaded()) {
        return unread();
      }
      if (index.mark().isEmpty()) {
        begin(moment);
      }
      NotedChain chain = upToDate(moment);
      List<ChainBreak> breaks =
          new ChainCheck(chain, moment.rows(), chain.pruned(moment.prunes())).breaks();
      Optional<Link> gone = chain.lastPruned(moment);
      if (gone.isPresent() && breaks.isEmpty()) {
        index.dropUpTo(gone.get());
        chain = read();
      }
      chained = moment.changes();
      checked = moment.doubts();
      return state(chain, breaks);
    } finally {
      chaining.unlock();
    }
  }

  /** How many rows are chained now. */
  long rows() {
    return index.mark().map(ChainMark::rows).orElse(0L);
  }

  private NotedChain read() {
    return new NotedChain(index.mark().orElseThrow(), index.links());
  }

  /** A console without notes begins where rows were pruned last. */
  private void begin(SeenRows.Moment moment) {
    Optional<PruneMark> last =
        moment.prunes().stream().max(Comparator.comparingLong(PruneMark::position));
    index.begin(
        last.map(PruneMark::hash).orElse(HashChain.START),
        last.map(PruneMark::position).orElse(0L),
        now());
  }

  private NotedChain upToDate(SeenRows.Moment moment) {
    NotedChain chain = read();
    long after = Math.max(chain.lastRevision(), chain.pruned(moment.prunes()));
    Set<String> noted = chain.ids();
    List<SeenRow> rows = rowsAfter(moment, after);
    rows.removeIf(row -> noted.contains(row.id()));
    return append(chain.mark(), rows, SeenRow::revision) ? read() : chain;
  }

  /** Whether there was something to append. */
  private boolean append(ChainMark mark, List<SeenRow> rows, ToLongFunction<SeenRow> modRevision) {
    List<Link> added = new ArrayList<>();
    long position = mark.length();
    String hash = mark.headHash();
    for (SeenRow row : rows) {
      Link link = row.after(position, hash, modRevision.applyAsLong(row));
      added.add(link);
      position = link.position();
      hash = link.hash();
    }
    if (!added.isEmpty()) {
      index.append(added);
    }
    return !added.isEmpty();
  }

  private static List<SeenRow> rowsAfter(SeenRows.Moment moment, long revision) {
    return new ArrayList<>(
        moment.rows().values().stream()
            .filter(row -> row.revision() > revision)
            .sorted(IN_ORDER)
            .toList());
  }

  private static AuditChainState state(NotedChain chain, List<ChainBreak> breaks) {
    ChainMark mark = chain.mark();
    return new AuditChainState(
        breaks.isEmpty() ? AuditChainState.Verdict.WHOLE : AuditChainState.Verdict.BROKEN,
        mark.rows(),
        chain.firstRevision(),
        chain.lastRevision(),
        mark.since(),
        mark.headHash(),
        mark.startHash(),
        mark.dropped(),
        breaks.size(),
        breaks);
  }

  private static AuditChainState unread() {
    return new AuditChainState(
        AuditChainState.Verdict.UNREAD,
        0,
        0,
        0,
        null,
        HashChain.START,
        HashChain.START,
        0,
        0,
        List.of());
  }

  /**
   * Begins a new chain over the rows that there are, as they are: for after a break was looked
   * into.
   *
   * @return what is given up
   */
  public AuditChainState accept() {
    chaining.lock();
    try {
      AuditChainState before = state();
      if (before.verdict() != AuditChainState.Verdict.UNREAD) {
        index.begin(HashChain.START, 0, now());
        append(index.mark().orElseThrow(), rowsAfter(seen.now(), 0), SeenRow::modRevision);
      }
      return before;
    } finally {
      chaining.unlock();
    }
  }

  /**
   * Some links.
   *
   * @param previous hash that the first of them follows
   */
  record Part(String previous, List<Link> links) {}

  /** The links after that position, at most so many; what is new is chained before. */
  Part part(long after, int limit) {
    chaining.lock();
    try {
      if (state().verdict() == AuditChainState.Verdict.UNREAD) {
        return new Part(HashChain.START, List.of());
      }
      NotedChain chain = read();
      long skipped = Math.max(0, after - chain.mark().dropped());
      int from = (int) Math.min(skipped, chain.links().size());
      int to = Math.min(from + limit, chain.links().size());
      String previous = from == 0 ? chain.mark().startHash() : chain.links().get(from - 1).hash();
      return new Part(previous, List.copyOf(chain.links().subList(from, to)));
    } finally {
      chaining.unlock();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
