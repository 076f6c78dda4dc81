package dev.clearspan.console.identity;

import dev.clearspan.console.chain.ChainBreak;
import java.time.Instant;
import java.util.List;

/**
 * Whether the account log is what was written.
 *
 * @param dropped rows at its beginning that went as too old
 * @param since when its chain was begun
 * @param head hash of the newest row
 */
public record AccountLogState(
    boolean whole, long rows, long dropped, Instant since, String head, List<ChainBreak> breaks) {
  public AccountLogState {
    breaks = List.copyOf(breaks);
  }
}
