package dev.clearspan.console.chain;

import java.time.Instant;

/**
 * Where a chain begins and ends. Kept beside its rows, so that rows cut off at either end show.
 *
 * @param since when it was begun: what was done to rows before, it cannot tell
 * @param startHash hash of the last row that was dropped, or {@link HashChain#START}
 * @param dropped how many rows were dropped at its beginning, as too old
 * @param headHash hash of its last row, or the start's when there is none
 * @param length how many rows it has had, the dropped ones included: the last one's position
 */
public record ChainMark(
    Instant since, String startHash, long dropped, String headHash, long length) {
  /** How many rows it holds now. */
  public long rows() {
    return length - dropped;
  }
}
