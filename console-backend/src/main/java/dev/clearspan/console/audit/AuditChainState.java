package dev.clearspan.console.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.clearspan.console.chain.ChainBreak;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether the audit rows of the registry are what was written.
 *
 * @param rows how many are chained
 * @param fromRevision of the first of them; 0: there is none
 * @param toRevision of the last of them
 * @param since when this console began to watch over them; null: it has not read them yet
 * @param head hash of the last row: whoever keeps it elsewhere can prove it later
 * @param start hash that the first row follows: that of the last dropped row, else zeros
 * @param dropped rows before the first, which went as too old
 * @param breaks the first {@value #MOST_BREAKS} of them
 */
public record AuditChainState(
    Verdict verdict,
    long rows,
    long fromRevision,
    long toRevision,
    @Nullable Instant since,
    String head,
    String start,
    long dropped,
    int breakCount,
    List<ChainBreak> breaks) {
  static final int MOST_BREAKS = 100;

  public AuditChainState {
    breaks = List.copyOf(breaks.subList(0, Math.min(MOST_BREAKS, breaks.size())));
  }

  /** In a word. */
  public enum Verdict {
    WHOLE,
    BROKEN,
    /** The registry was not read since the console started. */
    UNREAD;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
