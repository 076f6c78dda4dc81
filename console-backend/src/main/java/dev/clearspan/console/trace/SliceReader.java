package dev.clearspan.console.trace;

import dev.clearspan.console.trace.SliceTables.Page;
import dev.clearspan.console.trace.SliceTables.Row;
import dev.clearspan.console.trace.SliceTables.Stretch;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import org.h2.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads fragments of a fixed list of slices over one connection. A slice dropped meanwhile reads as
 * empty.
 */
final class SliceReader {
  private static final Logger log = LoggerFactory.getLogger(SliceReader.class);
  private static final int MOST_LINES = 10_000;
  private static final Page NOTHING = new Page(List.of(), 0);

  private final Connection connection;
  private final List<Slice> slices;
  private final LongAdder corrupt;

  SliceReader(Connection connection, List<Slice> slices, LongAdder corrupt) {
    this.connection = connection;
    this.slices = slices;
    this.corrupt = corrupt;
  }

  /** Oldest first. */
  List<Slice> slices() {
    return slices;
  }

  /** All stored spans of a trace. */
  TraceAssembly assemble(TraceId id) throws SQLException {
    TraceAssembly trace = new TraceAssembly(id);
    for (Slice slice : slices) {
      for (Row row : byTrace(slice, id, trace)) {
        Optional<List<ReadSpan>> spans = spans(row);
        spans.ifPresentOrElse(found -> found.forEach(trace::add), trace::missesFragment);
      }
    }
    return trace;
  }

  /** What was logged within a trace, the earliest lines first. */
  TraceLogs logs(TraceId id, int limit) throws SQLException {
    List<LogLine> lines = new ArrayList<>();
    boolean damaged = false;
    for (Slice slice : slices) {
      for (Packed packed : lines.size() < MOST_LINES ? logsOf(slice, id) : List.<Packed>of()) {
        Optional<LogsData> data = packed.logs();
        data.map(LogFragment::read).ifPresent(lines::addAll);
        if (data.isEmpty()) {
          damaged = true;
          corrupt.increment();
          log.error("Stored logs of trace {} failed their checksum and are left out", id);
        }
      }
    }
    lines.sort(Comparator.comparing(LogLine::at));
    return new TraceLogs(
        id.toString(), lines.size(), damaged, lines.subList(0, Math.min(limit, lines.size())));
  }

  private List<Packed> logsOf(Slice slice, TraceId id) throws SQLException {
    try {
      return new LogTable(slice).byTrace(connection, id);
    } catch (SQLException e) {
      if (isGone(e)) {
        return List.of();
      }
      throw e;
    }
  }

  Page page(Slice slice, OptionalInt term, long before, Stretch stretch, int limit)
      throws SQLException {
    SliceTables tables = new SliceTables(slice);
    try {
      return term.isPresent()
          ? tables.pageWith(connection, term.getAsInt(), before, stretch, limit)
          : tables.page(connection, before, stretch, limit);
    } catch (SQLException e) {
      if (isGone(e)) {
        return NOTHING;
      }
      throw e;
    }
  }

  /** The spans of a row, or empty if it is damaged. */
  Optional<List<ReadSpan>> spans(Row row) {
    Optional<TracesData> data = row.packed().spans();
    if (data.isEmpty()) {
      corrupt.increment();
      log.error("A stored fragment of trace {} failed its checksum and is left out", row.id());
    }
    return data.map(Fragment::read);
  }

  private List<Row> byTrace(Slice slice, TraceId id, TraceAssembly trace) throws SQLException {
    try {
      return new SliceTables(slice).byTrace(connection, id);
    } catch (SQLException e) {
      if (isGone(e)) {
        return List.of();
      }
      if (e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1) {
        corrupt.increment();
        log.error(
            "Slice {} of the trace store is damaged; what it holds of trace {} is left out",
            slice.number(),
            id,
            e);
        trace.missesFragment();
        return List.of();
      }
      throw e;
    }
  }

  private static boolean isGone(SQLException e) {
    return e.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1
        || e.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2
        || e.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1;
  }
}
