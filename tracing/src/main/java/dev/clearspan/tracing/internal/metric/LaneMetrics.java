package dev.clearspan.tracing.internal.metric;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * What the holders of one lane have counted: of each series a histogram and the sum of its values.
 * One thread at a time writes, with plain instructions; the lane's hand-over makes its counts
 * visible to the next. Any number of threads read meanwhile.
 *
 * <p>Cells are in blocks of {@value #SERIES_IN_BLOCK} series, made when the first of them is
 * counted here. Unused cells on both ends of a block keep other lanes' blocks off its cache lines.
 * At most about 5 MB a lane, with every metric at its limit of series.
 */
public final class LaneMetrics {
  /** Of one series: its sum, then its buckets. */
  static final int CELLS = 1 + Buckets.MOST;

  private static final int BLOCK_BITS = 3;
  private static final int SERIES_IN_BLOCK = 1 << BLOCK_BITS;

  /** Two cache lines, because processors fetch them in pairs. */
  private static final int PADDING = 16;

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  private volatile long[][] blocks = new long[8][];

  /** An empty one; the table reads it from now on. */
  @SuppressWarnings("this-escape") // readers may see it empty, which it is
  public LaneMetrics(SeriesTable table) {
    table.join(this);
  }

  /** Counts a duration. Only by the lane's holder. */
  public void record(int series, long nanos) {
    add(series, Buckets.DURATION.indexOf(nanos), Math.max(0, nanos));
  }

  /** Counts a message. Only by the lane's holder. */
  public void recordSize(int series, long bytes) {
    add(series, Buckets.SIZE.indexOf(bytes), bytes);
  }

  /** Adds what is counted here; by any thread. */
  void addTo(long[] sums, int series) {
    long[][] present = blocks;
    int index = series >>> BLOCK_BITS;
    long[] block = index < present.length ? present[index] : null;
    if (block != null) {
      int first = firstCell(series);
      for (int cell = 0; cell < CELLS; cell++) {
        sums[cell] += (long) CELL.getOpaque(block, first + cell);
      }
    }
  }

  private void add(int series, int bucket, long value) {
    long[] block = block(series >>> BLOCK_BITS);
    int sum = firstCell(series);
    int count = sum + 1 + bucket;
    CELL.setOpaque(block, sum, block[sum] + value);
    CELL.setOpaque(block, count, block[count] + 1);
  }

  private static int firstCell(int series) {
    return PADDING + (series & (SERIES_IN_BLOCK - 1)) * CELLS;
  }

  private long[] block(int index) {
    long[][] present = blocks;
    long[] block = index < present.length ? present[index] : null;
    return block == null ? addBlock(index) : block;
  }

  /** Copies the list, so that readers see either none or all of a new block. */
  private long[] addBlock(int index) {
    long[] fresh = new long[2 * PADDING + SERIES_IN_BLOCK * CELLS];
    long[][] more = Arrays.copyOf(blocks, Math.max(blocks.length, 2 * index));
    more[index] = fresh;
    blocks = more;
    return fresh;
  }
}
