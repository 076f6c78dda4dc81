package dev.clearspan.examples.shop;

import dev.clearspan.examples.shop.api.Entry;
import dev.clearspan.examples.shop.api.LedgerBase;
import dev.clearspan.examples.shop.api.Position;

/** Numbers entries, each id once. */
final class LedgerService extends LedgerBase {
  private final Work write = new Work(500, 3_000);
  private final LedgerDatabase database;
  private final Answers<Position> positions = new Answers<>();

  LedgerService(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  protected Position append(Entry request) throws Exception {
    write.perform();
    String id = request.getEntryId();
    return positions.once(id, () -> Position.newBuilder().setPosition(database.append(id)).build());
  }
}
