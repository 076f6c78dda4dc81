package dev.clearspan.console.recorder;

import dev.clearspan.console.intake.MetricSink;
import dev.clearspan.console.trace.TraceStore;
import dev.clearspan.console.trace.TraceStoreConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the console knows of all flight recorders: hears it, keeps the shed ranges on disk, forgets
 * what is older than traces. Thread-safe; {@link #run} by one thread.
 */
public final class Recorders implements Runnable, AutoCloseable {
  private static final Duration BETWEEN_SAVES = Duration.ofSeconds(5);

  private final TraceStoreConfig config;
  private final InstantSource clock;
  private final RecorderTable table;
  private final ShedTable shed = new ShedTable();
  private final ShedFile file;
  private long savedVersion; // guarded by this
  private Instant savedAt = Instant.EPOCH; // guarded by this

  /** Opens what was known in the traces' directory. */
  public Recorders(TraceStoreConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.table = new RecorderTable(clock);
    this.file = new ShedFile(config.directory());
    file.load().forEach(shed::add);
    savedVersion = shed.version();
  }

  /** Where metrics go, beside those of calls. */
  public MetricSink intake() {
    return new RecorderIntake(table, shed);
  }

  public RecorderState state() {
    return table.state();
  }

  /** Answers for traces that are not in the store. */
  public AbsenceReport absences(TraceStore store) {
    return new AbsenceReport(store, shed, table);
  }

  /** One round: forgets what is old, saves what is new, but not in every round of a storm. */
  @Override
  public synchronized void run() {
    forget();
    if (clock.instant().isAfter(savedAt.plus(BETWEEN_SAVES))) {
      save();
    }
  }

  @Override
  public synchronized void close() {
    forget();
    save();
  }

  private void forget() {
    Instant oldest = clock.instant().minus(config.retention());
    shed.dropBefore(oldest);
    table.dropSilent(oldest);
  }

  private void save() {
    long version = shed.version();
    if (version != savedVersion) {
      file.save(shed.all());
      savedVersion = version;
      savedAt = clock.instant();
    }
  }
}
