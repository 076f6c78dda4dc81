package dev.clearspan.rpc.limit;

import dev.clearspan.rpc.Criticality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * A server with a queue and threads, as events on a clock of its own, that asks an {@link
 * OverloadControl} what to take. Callers wait a second and do not repeat.
 */
final class ServerModel {
  static final long SECOND = 1_000_000_000L;
  static final long DEADLINE = SECOND;

  final OverloadControl control = new OverloadControl(LimitSettings.DEFAULT, () -> {});
  final Map<Criticality, Integer> sent = counts();
  final Map<Criticality, Integer> good = counts();
  final Map<Criticality, Integer> refused = counts();
  final List<Integer> goodBySecond = new ArrayList<>();
  final List<Integer> limitBySecond = new ArrayList<>();
  final Random random = new Random(7);
  private final int threads;
  private final LongSupplier work;
  private final Queue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Deque<Job> waiting = new ArrayDeque<>();
  private long order;
  private int busy;
  private int inFlight;
  private int goodThisSecond;
  private Runnable onEnd = () -> {};
  long now;

  private record Event(long at, long order, Runnable action) {}

  private record Job(long arrived, Criticality criticality) {}

  /** {@code work} is the time of one handler, in nanoseconds. */
  ServerModel(int threads, LongSupplier work) {
    this.threads = threads;
    this.work = work;
  }

  /** Handlers that take 10 ms on average, exponentially distributed. */
  static ServerModel of(int threads) {
    Random spread = new Random(3);
    return new ServerModel(
        threads, () -> (long) (-Math.log(1 - spread.nextDouble()) * SECOND / 100));
  }

  /** Calls of these classes in turn, so many a second at random moments, for so long. */
  void load(double perSecond, int seconds, Criticality... classes) {
    long end = now + seconds * SECOND;
    next(perSecond, end, 0, classes);
    run(end);
  }

  /** So many callers, each of which calls again as soon as its call is over. */
  void callers(int number, int seconds) {
    onEnd = () -> at(now, () -> arrive(Criticality.CRITICAL));
    for (int i = 0; i < number; i++) {
      at(now, () -> arrive(Criticality.CRITICAL));
    }
    run(now + seconds * SECOND);
    onEnd = () -> {};
  }

  /** So many calls at once. */
  void burst(int calls) {
    for (int i = 0; i < calls; i++) {
      arrive(Criticality.CRITICAL);
    }
  }

  void idle(int millis) {
    run(now + millis * SECOND / 1_000);
  }

  int all(Map<Criticality, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void next(double perSecond, long end, int number, Criticality... classes) {
    long gap = (long) (-Math.log(1 - random.nextDouble()) * SECOND / perSecond);
    if (now + gap < end) {
      at(
          now + gap,
          () -> {
            arrive(classes[number % classes.length]);
            next(perSecond, end, number + 1, classes);
          });
    }
  }

  private void at(long time, Runnable action) {
    events.add(new Event(time, order++, action));
  }

  private void run(long end) {
    while (!events.isEmpty() && events.element().at() <= end) {
      Event event = events.remove();
      moveTo(event.at());
      event.action().run();
    }
    moveTo(end);
  }

  private void moveTo(long time) {
    while ((goodBySecond.size() + 1) * SECOND <= time) {
      goodBySecond.add(goodThisSecond);
      limitBySecond.add(control.mostInFlight(Criticality.CRITICAL));
      goodThisSecond = 0;
    }
    now = time;
  }

  private void arrive(Criticality criticality) {
    count(sent, criticality);
    if (inFlight + 1 > control.mostInFlight(criticality)) {
      count(refused, criticality);
      onEnd.run();
      return;
    }
    inFlight++;
    waiting.add(new Job(now, criticality));
    startNext();
  }

  private void startNext() {
    while (busy < threads && !waiting.isEmpty()) {
      Job job = waiting.remove();
      long waited = now - job.arrived();
      control.started(job.arrived(), now, inFlight);
      if (waited >= DEADLINE) {
        control.expired(-1, now, inFlight);
        leave();
      } else if (waited > control.longestWaitNanos(job.criticality())) {
        count(refused, job.criticality());
        leave();
      } else {
        busy++;
        long took = work.getAsLong();
        at(now + took, () -> finish(job, took));
      }
    }
  }

  private void finish(Job job, long took) {
    busy--;
    if (now - job.arrived() >= DEADLINE) {
      control.expired(took, now, inFlight);
    } else {
      control.answered(took, now);
      count(good, job.criticality());
      goodThisSecond++;
    }
    leave();
    startNext();
  }

  private void leave() {
    inFlight--;
    onEnd.run();
  }

  private static Map<Criticality, Integer> counts() {
    Map<Criticality, Integer> counts = new EnumMap<>(Criticality.class);
    for (Criticality each : Criticality.values()) {
      counts.put(each, 0);
    }
    return counts;
  }

  private static void count(Map<Criticality, Integer> counts, Criticality criticality) {
    counts.merge(criticality, 1, Integer::sum);
  }
}
