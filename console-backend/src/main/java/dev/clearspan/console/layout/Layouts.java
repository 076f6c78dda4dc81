package dev.clearspan.console.layout;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The arrangements of the map that people have made, for all of them, in a file of the data
 * directory. It is no rule: a file that cannot be read is left behind with a warning, and one that
 * cannot be written costs the arrangement at the next start. Of each arrangement the {@value
 * #MOST_BOXES} boxes that were placed last are kept. Thread-safe.
 */
public final class Layouts {
  static final int MOST_BOXES = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(Layouts.class);

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock; those placed last come last. */
  private final Map<Arrangement, LinkedHashMap<String, Place>> boxes =
      new EnumMap<>(Arrangement.class);

  private Layouts(Path file) {
    this.file = file;
  }

  /** What the file holds. */
  record Stored(List<Place> wide, List<Place> narrow) {}

  /** Reads what was arranged before. */
  public static Layouts in(Path directory) {
    Layouts layouts = new Layouts(directory.resolve("layout.json"));
    layouts.read();
    return layouts;
  }

  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      Stored stored = Json.stored(Json.lenient(Files.readString(file)), Stored.class);
      check(stored.wide());
      check(stored.narrow());
      add(Arrangement.WIDE, stored.wide());
      add(Arrangement.NARROW, stored.narrow());
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read, the map is arranged anew: {}", file, e.getMessage());
    }
  }

  /** One arrangement; empty if nobody has made it. */
  public Layout layout(Arrangement arrangement) {
    lock.lock();
    try {
      return new Layout(List.copyOf(placed(arrangement).values()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Places boxes; the others stay where they are.
   *
   * @param anew whether the others have no place from now on
   * @throws ProblemException if they are too many, or a place is none
   */
  public Layout place(Arrangement arrangement, List<Place> places, boolean anew) {
    if (places.size() > MOST_BOXES) {
      throw ProblemException.invalid(
          "boxes", places.size() + " of them (expected: at most " + MOST_BOXES + ")");
    }
    check(places);
    lock.lock();
    try {
      if (anew) {
        placed(arrangement).clear();
      }
      add(arrangement, places);
      write();
      return layout(arrangement);
    } finally {
      lock.unlock();
    }
  }

  private static void check(List<Place> places) {
    IntStream.range(0, places.size()).forEach(n -> places.get(n).check("boxes[" + n + "]"));
  }

  private void add(Arrangement arrangement, List<Place> places) {
    LinkedHashMap<String, Place> known = placed(arrangement);
    for (Place place : places) {
      known.remove(place.id());
      known.put(place.id(), place);
    }
    Iterator<String> oldest = known.keySet().iterator();
    while (known.size() > MOST_BOXES) {
      oldest.next();
      oldest.remove();
    }
  }

  private LinkedHashMap<String, Place> placed(Arrangement arrangement) {
    return boxes.computeIfAbsent(arrangement, none -> new LinkedHashMap<>());
  }

  private void write() {
    Stored stored =
        new Stored(layout(Arrangement.WIDE).boxes(), layout(Arrangement.NARROW).boxes());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, Json.write(stored));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be written, the arrangement lasts until the console stops: {}",
          file,
          e.toString());
    }
  }
}
