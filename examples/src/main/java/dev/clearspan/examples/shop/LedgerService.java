package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.Entry;
import dev.clearspan.examples.shop.api.LedgerBase;
import dev.clearspan.examples.shop.api.Position;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers entries, each id once. */
final class LedgerService extends LedgerBase {
  private final Work write = new Work(500, 3_000);
  private final AtomicLong last = new AtomicLong();
  private final Answers<Position> positions = new Answers<>();

  @Override
  protected Position append(Entry request) throws Exception {
    write.perform();
    return positions.once(
        request.getEntryId(),
        () -> Position.newBuilder().setPosition(last.incrementAndGet()).build());
  }
}
