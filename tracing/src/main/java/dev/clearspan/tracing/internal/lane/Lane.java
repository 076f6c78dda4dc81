package dev.clearspan.tracing.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A place that one thread at a time writes to. Taken from {@link Lanes} and given back within
 * nanoseconds; what the holder writes is seen by the next holder. Readers that hold nothing see
 * whatever has been published by other means.
 *
 * <p>The mark of being taken has a cache line to itself: two lanes never share one that is written.
 *
 * @param <C> what lies in the lane
 */
public final class Lane<C> extends LaneMark {
  private final C content;

  /**
   * Bytes after the mark that nobody writes: with those of {@link LaneMark}, a line and its pair.
   */
  @SuppressWarnings("unused")
  private long after1, after2, after3, after4, after5, after6, after7, after8, after9, after10;

  Lane(C content) {
    this.content = content;
  }

  /** What the holder may write to. */
  public C content() {
    return content;
  }

  /** Ends the holder's turn: what it wrote is published to the next. */
  public void giveBack() {
    release();
  }
}

/** The mark, after bytes that nobody writes. */
@SuppressWarnings("unused")
abstract class LaneMark extends LanePadding {
  private static final VarHandle TAKEN;

  static {
    try {
      TAKEN = MethodHandles.lookup().findVarHandle(LaneMark.class, "taken", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int taken;

  /** Takes the lane, unless somebody has it. */
  final boolean tryTake() {
    return (int) TAKEN.getOpaque(this) == 0 && TAKEN.compareAndSet(this, 0, 1);
  }

  final void release() {
    TAKEN.setRelease(this, 0);
  }
}

/** Bytes before the mark that nobody writes. */
@SuppressWarnings("unused")
abstract class LanePadding {
  private long before1, before2, before3, before4, before5, before6, before7, before8, before9;
}
