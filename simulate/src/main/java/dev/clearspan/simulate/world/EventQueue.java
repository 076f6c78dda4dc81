package dev.clearspan.simulate.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events by time, and in the order they were added where times are equal. A heap in which each
 * parent has four children, in arrays: no object for an event but the event itself.
 */
final class EventQueue {
  private static final int FAN = 4;

  private long[] times = new long[1024];
  private long[] orders = new long[1024];
  private @Nullable Runnable[] events = new Runnable[1024];
  private int size;
  private long added;

  boolean isEmpty() {
    return size == 0;
  }

  /** Time of the next event. */
  long nextTime() {
    return times[0];
  }

  void add(long time, Runnable event) {
    if (size == times.length) {
      grow();
    }
    int hole = size++;
    long order = added++;
    while (hole > 0) {
      int parent = (hole - 1) / FAN;
      if (times[parent] <= time) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, order, event);
  }

  /** Takes the next event out; there must be one. */
  @Nullable Runnable take() {
    Runnable first = events[0];
    size--;
    if (size > 0) {
      sink(times[size], orders[size], events[size]);
    }
    events[size] = null;
    return first;
  }

  private void sink(long time, long order, @Nullable Runnable event) {
    int hole = 0;
    while (hole * FAN + 1 < size) {
      int child = firstChild(hole);
      if (!isBefore(child, time, order)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, order, event);
  }

  private int firstChild(int parent) {
    int best = parent * FAN + 1;
    int end = Math.min(best + FAN, size);
    for (int child = best + 1; child < end; child++) {
      if (isBefore(child, times[best], orders[best])) {
        best = child;
      }
    }
    return best;
  }

  private boolean isBefore(int index, long time, long order) {
    return times[index] < time || times[index] == time && orders[index] < order;
  }

  private void move(int from, int to) {
    put(to, times[from], orders[from], events[from]);
  }

  private void put(int index, long time, long order, @Nullable Runnable event) {
    times[index] = time;
    orders[index] = order;
    events[index] = event;
  }

  private void grow() {
    int length = size * 2;
    times = Arrays.copyOf(times, length);
    orders = Arrays.copyOf(orders, length);
    events = Arrays.copyOf(events, length);
  }
}
