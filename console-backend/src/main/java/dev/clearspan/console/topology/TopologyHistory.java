package dev.clearspan.console.topology;

import dev.clearspan.console.web.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The topology as it was, every {@value #EVERY_SECONDS} s of the last 15 minutes: not computed
 * again but kept, so that states, breakers and weights are those of then. Compressed, in memory, at
 * most {@value #MOST_BYTES} bytes: beyond it the oldest go first. It begins with the console.
 * {@link #run} by one thread, the rest thread-safe.
 */
public final class TopologyHistory implements Runnable {
  static final int EVERY_SECONDS = 10;
  static final int MOST_BYTES = 16 << 20;

  private static final Duration KEPT = Duration.ofMinutes(15);

  private final Supplier<Topology> now;
  private final Clock clock;
  private final int mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Kept> kept = new ArrayDeque<>(); // guarded by lock, oldest first
  private long bytes; // guarded by lock
  private Instant next = Instant.MIN; // of the one thread

  private record Kept(PastMoment moment, byte[] compressed) {}

  public TopologyHistory(Supplier<Topology> now, Clock clock) {
    this(now, clock, MOST_BYTES);
  }

  TopologyHistory(Supplier<Topology> now, Clock clock, int mostBytes) {
    this.now = now;
    this.clock = clock;
    this.mostBytes = mostBytes;
  }

  /** Keeps the topology of now, if it is time to. */
  @Override
  public void run() {
    if (clock.instant().isBefore(next)) {
      return;
    }
    Topology topology = now.get();
    next = topology.at().plusSeconds(EVERY_SECONDS);
    add(new Kept(PastMoment.of(topology), compressed(Json.write(topology))));
  }

  private void add(Kept newest) {
    lock.lock();
    try {
      kept.addLast(newest);
      bytes += newest.compressed().length;
      Instant oldest = newest.moment().at().minus(KEPT);
      while (kept.size() > 1
          && (bytes > mostBytes || kept.getFirst().moment().at().isBefore(oldest))) {
        bytes -= kept.removeFirst().compressed().length;
      }
    } finally {
      lock.unlock();
    }
  }

  public TopologyPast past() {
    lock.lock();
    try {
      List<PastMoment> moments = kept.stream().map(Kept::moment).toList();
      return new TopologyPast(EVERY_SECONDS, (int) KEPT.toSeconds(), moments);
    } finally {
      lock.unlock();
    }
  }

  /** The topology as JSON, of the last moment kept up to then; empty: none is that old. */
  public Optional<String> at(Instant then) {
    return before(then).map(found -> decompressed(found.compressed()));
  }

  private Optional<Kept> before(Instant then) {
    lock.lock();
    try {
      for (Iterator<Kept> back = kept.descendingIterator(); back.hasNext(); ) {
        Kept one = back.next();
        if (!one.moment().at().isAfter(then)) {
          return Optional.of(one);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private static byte[] compressed(String json) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(target)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return target.toByteArray();
  }

  private static String decompressed(byte[] compressed) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }
}
