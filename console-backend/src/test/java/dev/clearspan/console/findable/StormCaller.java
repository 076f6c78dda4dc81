package dev.clearspan.console.findable;

import com.google.protobuf.StringValue;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Ledgers;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** A process that makes calls that fail, as many as it can, until its input ends. */
final class StormCaller {
  /** Answered with the calls that ended so far. */
  static final String COUNT = "count";

  /** Answered with trace ids, separated by spaces, evenly of all failures since the last time. */
  static final String TRACE_IDS = "trace ids";

  /** One call in so many is noted. */
  static final int NOTED = 1_024;

  private static final int MOST_NOTED = 16_384;
  private static final int HALF = 16;
  private static final int AT_ONCE = 64;
  private static final StringValue FAIL = StringValue.of("fail@1");

  private final RpcChannel server;
  private final AtomicLong ended = new AtomicLong();

  /** Upper and lower half of each id in turn; made at once, so that the heap stays as it is. */
  private final AtomicLongArray noted = new AtomicLongArray(2 * MOST_NOTED);

  private volatile long notedFrom;

  private StormCaller(RpcChannel server) {
    this.server = server;
  }

  /** Arguments: etcd, environment, directory for snapshots. */
  public static void main(String[] args) throws IOException {
    ProcessIdentity self = ProcessIdentity.of("caller");
    try (EtcdRegistry registry = Chain.registry(args, self);
        CallLedger ledger = Ledgers.of(self);
        RpcChannel server =
            RpcChannel.builder(Relay.service(1)).registry(registry).ledger(ledger).build()) {
      StormCaller storm = new StormCaller(server);
      for (int i = 0; i < AT_ONCE; i++) {
        storm.callOn();
      }
      new Orders(ledger).on(COUNT, storm.ended::get).on(TRACE_IDS, storm::traceIds).obey();
    }
  }

  private void callOn() {
    server
        .callAsync(Relay.pass(1), FAIL, Relay.PATIENT)
        .whenComplete(
            (answer, failure) -> {
              note(ended.getAndIncrement(), failure);
              callOn();
            });
  }

  private void note(long number, @Nullable Throwable failure) {
    long place = (number - notedFrom) / NOTED;
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (number % NOTED != 0 || place < 0 || place >= MOST_NOTED) {
      return;
    }
    String id = cause instanceof RpcException rpc ? rpc.traceId() : null;
    if (id != null) {
      noted.set(2 * (int) place, Long.parseUnsignedLong(id, 0, HALF, 16));
      noted.set(2 * (int) place + 1, Long.parseUnsignedLong(id, HALF, 2 * HALF, 16));
    }
  }

  private String traceIds() {
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < 2 * MOST_NOTED; i += 2) {
      long high = noted.getAndSet(i, 0);
      long low = noted.getAndSet(i + 1, 0);
      if ((high | low) != 0) {
        ids.append(String.format("%016x%016x ", high, low));
      }
    }
    notedFrom = ended.get();
    return ids.toString();
  }
}
