package dev.clearspan.examples.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Owns the processes of the demo. They are ended in the reverse order of their start: load first,
 * registry last. Thread-safe.
 */
final class Supervisor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();

  /** By name, oldest first. Guarded by lock. */
  private final Map<String, List<Child>> waves = new LinkedHashMap<>();

  private final Consumer<Child> onDeath;
  private boolean closed; // guarded by lock

  /**
   * A supervisor without processes.
   *
   * @param onDeath hears of each child that ends though nobody told it to
   */
  Supervisor(Consumer<Child> onDeath) {
    this.onDeath = onDeath;
  }

  /**
   * Starts a process; those of one wave are ended together.
   *
   * @throws IllegalStateException if the supervisor is closed
   */
  Child start(String wave, ChildSpec spec) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("supervisor: closed (expected: open)");
      }
      Child child = Child.start(spec, onDeath);
      List<Child> children = waves.computeIfAbsent(wave, name -> new ArrayList<>());
      children.removeIf(old -> old.name().equals(spec.name()));
      children.add(child);
      return child;
    } finally {
      lock.unlock();
    }
  }

  /** Starts those again that have died; answers which. */
  List<Child> restartDead() {
    lock.lock();
    try {
      List<Child> restarted = new ArrayList<>();
      for (Map.Entry<String, List<Child>> wave : Map.copyOf(waves).entrySet()) {
        for (Child dead : wave.getValue().stream().filter(child -> !child.isAlive()).toList()) {
          restarted.add(start(wave.getKey(), dead.spec()));
        }
      }
      return restarted;
    } finally {
      lock.unlock();
    }
  }

  Optional<Child> find(String name) {
    return children().stream().filter(child -> child.name().equals(name)).findFirst();
  }

  List<Child> children() {
    lock.lock();
    try {
      return waves.values().stream().flatMap(Collection::stream).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all processes, wave by wave; what is not gone after 10 s is killed. */
  @Override
  public void close() {
    List<List<Child>> newestFirst = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      waves.values().forEach(children -> newestFirst.add(0, List.copyOf(children)));
      waves.clear();
    } finally {
      lock.unlock();
    }
    newestFirst.forEach(Supervisor::end);
  }

  private static void end(List<Child> wave) {
    wave.forEach(Child::terminate);
    boolean interrupted = Thread.interrupted();
    for (Child child : wave) {
      try {
        child.awaitEnd(PATIENCE);
      } catch (InterruptedException e) {
        interrupted = true;
        child.kill();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
