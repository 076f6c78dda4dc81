package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.ProcessIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ledger of a process identity: the one that a {@link CallLedgerProvider} on the class
 * path makes, else a {@link PlainLedger}. Channels and servers of one service and instance share
 * it, and the last one to close its share closes it. Thread-safe.
 */
public final class Ledgers {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<Key, Shared> OPEN = new HashMap<>(); // guarded by LOCK

  private record Key(String service, String instanceId) {}

  private Ledgers() {}

  /** A share of the identity's ledger; to be closed once. */
  public static CallLedger of(ProcessIdentity identity) {
    Key key = new Key(identity.service(), identity.instanceId());
    LOCK.lock();
    try {
      Shared shared = OPEN.computeIfAbsent(key, ignored -> new Shared(open(identity)));
      shared.users++;
      return new Share(shared.ledger, key);
    } finally {
      LOCK.unlock();
    }
  }

  private static CallLedger open(ProcessIdentity identity) {
    return ServiceLoader.load(CallLedgerProvider.class)
        .findFirst()
        .map(provider -> provider.open(identity))
        .orElseGet(PlainLedger::new);
  }

  private static @Nullable CallLedger giveBack(Key key) {
    LOCK.lock();
    try {
      Shared shared = OPEN.get(key);
      if (shared == null || --shared.users > 0) {
        return null;
      }
      OPEN.remove(key);
      return shared.ledger;
    } finally {
      LOCK.unlock();
    }
  }

  private static final class Shared {
    final CallLedger ledger;
    int users;

    Shared(CallLedger ledger) {
      this.ledger = ledger;
    }
  }

  private static final class Share extends ForwardingLedger {
    private final Key key;
    private final AtomicBoolean closed = new AtomicBoolean();

    Share(CallLedger ledger, Key key) {
      super(ledger);
      this.key = key;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        CallLedger last = giveBack(key);
        if (last != null) {
          last.close();
        }
      }
    }
  }
}
