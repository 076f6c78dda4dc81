package dev.clearspan.console.trace;

import dev.clearspan.console.intake.SpanGroup;
import dev.clearspan.console.trace.SliceTables.Page;
import dev.clearspan.console.trace.SliceTables.Row;
import dev.clearspan.console.trace.SliceTables.Stretch;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces, and what was logged within them, in an H2 file of their own: tables per slice of time,
 * one row per trace and batch, whole slices dropped by age and size. One thread appends; any may
 * read at the same time.
 *
 * <p>A commit reaches the disk up to half a second later, so a kill loses at most that; the file
 * opens again. A damaged file is moved aside and said so in {@link #state}.
 */
public final class H2TraceStore implements TraceStore, LogStore {
  private static final Logger log = LoggerFactory.getLogger(H2TraceStore.class);
  private static final int FAILURES_KEPT = 1000;
  private static final int TRACES_REMEMBERED = 20_000;

  private final TraceStoreConfig config;
  private final InstantSource clock;
  private final Retention retention;
  private final FailureLog failures = new FailureLog(FAILURES_KEPT);
  private final LongAdder corrupt = new LongAdder();
  private final RecentTraces recent = new RecentTraces();
  private final Packed.Packer packer = new Packed.Packer(); // for the appending thread
  private volatile TraceFile file;
  private volatile List<Slice> slices;
  private volatile String notice;
  private boolean broken; // confined to the appending thread

  private H2TraceStore(TraceStoreConfig config, InstantSource clock) throws SQLException {
    this.config = config;
    this.clock = clock;
    this.retention = new Retention(config);
    this.file = TraceFile.open(config.directory(), clock.instant());
    this.notice = file.notice();
    this.slices = load(file);
    reloadFailures();
  }

  /**
   * Opens the store, or begins one.
   *
   * @throws TraceStoreException if another process has it open, or the file cannot be read
   */
  public static H2TraceStore open(TraceStoreConfig config, InstantSource clock) {
    try {
      H2TraceStore store = new H2TraceStore(config, clock);
      log.info("Trace store {} open: {}", store.file.path(), store.state());
      return store;
    } catch (SQLException e) {
      throw new TraceStoreException(
          "Trace store in " + config.directory() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void append(List<SpanGroup> spans) {
    List<Fragment> fragments = Fragment.of(spans, packer);
    if (!fragments.isEmpty()) {
      writing(() -> write(fragments));
    }
  }

  @Override
  public void appendLogs(List<ResourceLogs> logs) {
    List<LogFragment> fragments = LogFragment.of(logs, packer);
    if (!fragments.isEmpty()) {
      writing(() -> writeLogs(fragments));
    }
  }

  private void writing(Writing work) {
    try {
      reopenIfBroken();
      work.run();
      dropDue();
    } catch (SQLException e) {
      broken = true;
      throw new TraceStoreException(
          "Trace store " + file.path() + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public TraceSearch search(TraceQuery query) {
    return read(
        reader -> new SliceSearch(reader, query, clock, config.searchTime().toMillis()).run());
  }

  @Override
  public Optional<Trace> find(TraceId id) {
    TraceAssembly found = read(reader -> reader.assemble(id));
    return found.isEmpty() ? Optional.empty() : Optional.of(found.trace());
  }

  @Override
  public TraceLogs logs(TraceId id, int limit) {
    return read(reader -> reader.logs(id, limit));
  }

  @Override
  public List<Failure> failures(int limit) {
    return failures.newest(limit);
  }

  @Override
  public TraceStoreState state() {
    List<Slice> now = slices;
    return new TraceStoreState(
        now.stream().mapToLong(Slice::traces).sum(),
        now.stream().mapToLong(Slice::spans).sum(),
        file.bytes(),
        now.stream()
            .filter(slice -> slice.fragments() > 0)
            .findFirst()
            .map(H2TraceStore::opened)
            .orElse(null),
        (int) config.retention().toHours(),
        config.maxBytes(),
        corrupt.sum(),
        notice);
  }

  @Override
  public void close() {
    file.close();
    packer.close();
  }

  private static Instant opened(Slice slice) {
    return Instant.ofEpochMilli(slice.openedMillis());
  }

  private static List<Slice> load(TraceFile file) throws SQLException {
    List<Slice> slices = SliceCatalog.read(file.writer());
    SliceTables.upgrade(file.writer(), slices);
    SliceTables.dropOrphans(file.writer(), slices);
    for (Slice slice : slices) {
      new LogTable(slice).create(file.writer());
    }
    return List.copyOf(slices);
  }

  private void write(List<Fragment> fragments) throws SQLException {
    Connection connection = file.writer();
    Slice slice = openSlice(connection);
    new SliceTables(slice).insert(connection, slice.nextSequence(), fragments);
    List<Failure> failed = new ArrayList<>();
    for (Fragment fragment : fragments) {
      slice = slice.plus(fragment, recent.isNew(fragment.id()));
      failed.addAll(fragment.failures());
    }
    commit(connection, slice);
    failures.add(failed);
  }

  private void writeLogs(List<LogFragment> fragments) throws SQLException {
    Connection connection = file.writer();
    Slice slice = openSlice(connection);
    new LogTable(slice).insert(connection, slice.nextSequence(), fragments);
    for (LogFragment fragment : fragments) {
      slice = slice.plus(fragment);
    }
    commit(connection, slice);
  }

  private void commit(Connection connection, Slice newest) throws SQLException {
    SliceCatalog.save(connection, newest);
    connection.commit();
    List<Slice> updated = new ArrayList<>(slices);
    updated.set(updated.size() - 1, newest);
    slices = List.copyOf(updated);
  }

  private Slice openSlice(Connection connection) throws SQLException {
    List<Slice> present = slices;
    Slice newest = present.isEmpty() ? null : present.get(present.size() - 1);
    if (newest != null && !retention.isFull(newest, clock.millis())) {
      return newest;
    }
    Slice opened = new Slice(newest == null ? 1 : newest.number() + 1, clock.millis(), 0, 0, 0, 0);
    new SliceTables(opened).create(connection);
    new LogTable(opened).create(connection);
    SliceCatalog.save(connection, opened);
    connection.commit();
    List<Slice> updated = new ArrayList<>(present);
    updated.add(opened);
    slices = List.copyOf(updated);
    return opened;
  }

  private void dropDue() throws SQLException {
    List<Slice> due = retention.due(slices, clock.millis());
    for (Slice slice : due) {
      // Readers first lose sight of it, then it goes; the row goes in the transaction that DROP
      // commits.
      slices = slices.stream().filter(kept -> kept.number() != slice.number()).toList();
      SliceCatalog.remove(file.writer(), slice);
      new LogTable(slice).drop(file.writer());
      new SliceTables(slice).drop(file.writer());
      log.info("Dropped {} traces of before {}", slice.traces(), opened(slices.get(0)));
    }
  }

  private void reopenIfBroken() throws SQLException {
    if (!broken) {
      return;
    }
    file.close();
    file = TraceFile.open(config.directory(), clock.instant());
    notice = file.notice().isEmpty() ? notice : file.notice();
    slices = load(file);
    broken = false;
    log.info("Trace store {} open again: {}", file.path(), state());
  }

  private void reloadFailures() throws SQLException {
    List<Failure> found = new ArrayList<>();
    try (Connection connection = file.reader()) {
      SliceReader reader = new SliceReader(connection, slices, corrupt);
      for (int i = slices.size() - 1; i >= 0 && found.size() < failures.capacity(); i--) {
        Page page =
            reader.page(
                slices.get(i),
                OptionalInt.of(FragmentTerms.ANY_ERROR),
                Long.MAX_VALUE,
                Stretch.ALL,
                failures.capacity());
        for (Row row : page.rows()) {
          reader.spans(row).orElse(List.of()).stream()
              .filter(ReadSpan::isFailedCall)
              .forEach(span -> found.add(FailureLog.failure(row.id(), span)));
        }
      }
    }
    found.sort(Comparator.comparing(Failure::at));
    failures.add(found);
  }

  private <T> T read(Reading<T> reading) {
    try (Connection connection = file.reader()) {
      return reading.from(new SliceReader(connection, slices, corrupt));
    } catch (SQLException e) {
      throw new TraceStoreException(
          "Trace store " + file.path() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws SQLException;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(SliceReader reader) throws SQLException;
  }

  /** Ids seen last, to count each trace once though it comes in fragments. */
  private static final class RecentTraces {
    private final Map<TraceId, Boolean> seen =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<TraceId, Boolean> eldest) {
            return size() > TRACES_REMEMBERED;
          }
        };

    boolean isNew(TraceId id) {
      return seen.put(id, true) == null;
    }
  }
}
