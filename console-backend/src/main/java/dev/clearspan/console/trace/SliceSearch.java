package dev.clearspan.console.trace;

import dev.clearspan.console.trace.SliceTables.Page;
import dev.clearspan.console.trace.SliceTables.Row;
import dev.clearspan.console.trace.SliceTables.Stretch;
import dev.clearspan.console.trace.TraceQuery.StatusFilter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One search: walks the slices from the newest, over the entries of the rarest term of the query,
 * tests what it finds, and stops at the limit or when its time is up. For one thread.
 */
final class SliceSearch {
  private static final int PAGE = 200;
  private static final long SKEW_MILLIS = 5 * 60_000;
  // The root ends last and comes last: processes send what they have at least every two seconds.
  private static final long SETTLE_MICROS = 3_000_000;
  // A fragment may start this long after its trace.
  private static final long LONGEST_MICROS = 3_600_000_000L;

  private final SliceReader reader;
  private final TraceQuery query;
  private final TraceMatch match;
  private final InstantSource clock;
  private final long deadlineMillis;
  private final OptionalInt term;
  private final Stretch stretch;
  private final Set<TraceId> judged = new HashSet<>();
  private final List<TraceSummary> found = new ArrayList<>();

  SliceSearch(SliceReader reader, TraceQuery query, InstantSource clock, long searchMillis) {
    this.reader = reader;
    this.query = query;
    this.match = new TraceMatch(query);
    this.clock = clock;
    this.deadlineMillis = clock.millis() + searchMillis;
    this.term = term(query);
    this.stretch = new Stretch(micros(query.from(), 0), upper(query.to()));
  }

  TraceSearch run() throws SQLException {
    List<Slice> slices = reader.slices();
    boolean complete = true;
    for (int i = slices.size() - 1; i >= 0 && complete; i--) {
      long endMillis = i + 1 < slices.size() ? slices.get(i + 1).openedMillis() : Long.MAX_VALUE;
      if (mayHold(slices.get(i), endMillis)) {
        complete = searched(slices.get(i));
      }
    }
    found.sort(Comparator.comparing(TraceSummary::startedAt).reversed());
    return new TraceSearch(found.subList(0, Math.min(query.limit(), found.size())), !complete);
  }

  private boolean mayHold(Slice slice, long endMillis) {
    boolean tooOld =
        endMillis != Long.MAX_VALUE && (endMillis + SKEW_MILLIS) * 1000 < stretch.fromMicros();
    boolean tooNew = (slice.openedMillis() - SKEW_MILLIS) * 1000 > stretch.toMicros();
    return !tooOld && !tooNew;
  }

  /** False if the search ended before the slice did. */
  private boolean searched(Slice slice) throws SQLException {
    long before = Long.MAX_VALUE;
    while (before > 0) {
      Page page = reader.page(slice, term, before, stretch, PAGE);
      for (Row row : page.rows()) {
        judge(row);
        if (found.size() > query.limit() || clock.millis() > deadlineMillis) {
          return false;
        }
      }
      before = page.before();
    }
    return true;
  }

  private void judge(Row row) throws SQLException {
    if (judged.contains(row.id()) || (query.asksForCalls() && !holdsWantedCall(row))) {
      return;
    }
    judged.add(row.id());
    TraceAssembly trace = reader.assemble(row.id());
    if (!trace.isEmpty() && !isArriving(trace) && match.matches(trace)) {
      found.add(trace.summary(clock.millis() * 1000, SETTLE_MICROS));
    }
  }

  private boolean isArriving(TraceAssembly trace) {
    return trace.isArriving(clock.millis() * 1000, SETTLE_MICROS);
  }

  private boolean holdsWantedCall(Row row) {
    return reader.spans(row).orElse(List.of()).stream().anyMatch(match::isWantedCall);
  }

  private static OptionalInt term(TraceQuery query) {
    boolean failed =
        query.status() instanceof StatusFilter.Failed
            || (query.status() instanceof StatusFilter.Code code && !code.name().equals("OK"));
    String service = query.service();
    String method = query.method();
    if (failed && service != null) {
      return OptionalInt.of(FragmentTerms.service(service, true));
    }
    if (method != null) {
      return OptionalInt.of(FragmentTerms.method(method, failed));
    }
    if (service != null) {
      return OptionalInt.of(FragmentTerms.service(service, false));
    }
    return failed ? OptionalInt.of(FragmentTerms.ANY_ERROR) : OptionalInt.empty();
  }

  private static long upper(@Nullable Instant to) {
    return to == null ? Long.MAX_VALUE : micros(to, 0) + LONGEST_MICROS;
  }

  private static long micros(@Nullable Instant moment, long fallback) {
    if (moment == null) {
      return fallback;
    }
    long seconds = Math.max(0, Math.min(moment.getEpochSecond(), Long.MAX_VALUE / 2_000_000));
    return seconds * 1_000_000 + moment.getNano() / 1000;
  }
}
