package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.clearspan.etcd.embedded.api.CompactionRequest;
import dev.clearspan.etcd.embedded.api.Compare;
import dev.clearspan.etcd.embedded.api.Compare.CompareResult;
import dev.clearspan.etcd.embedded.api.Compare.CompareTarget;
import dev.clearspan.etcd.embedded.api.DeleteRangeRequest;
import dev.clearspan.etcd.embedded.api.LeaseGrantRequest;
import dev.clearspan.etcd.embedded.api.LeaseKeepAliveRequest;
import dev.clearspan.etcd.embedded.api.LeaseLeasesRequest;
import dev.clearspan.etcd.embedded.api.LeaseRevokeRequest;
import dev.clearspan.etcd.embedded.api.LeaseTimeToLiveRequest;
import dev.clearspan.etcd.embedded.api.PutRequest;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RangeRequest.SortOrder;
import dev.clearspan.etcd.embedded.api.RangeRequest.SortTarget;
import dev.clearspan.etcd.embedded.api.RequestOp;
import dev.clearspan.etcd.embedded.api.TxnRequest;
import dev.clearspan.etcd.embedded.api.WatchCancelRequest;
import dev.clearspan.etcd.embedded.api.WatchCreateRequest;
import dev.clearspan.etcd.embedded.api.WatchCreateRequest.FilterType;
import java.util.List;
import java.util.Random;

/**
 * Requests by chance, the same for the same seed: few keys, so that they meet, and every option,
 * wrong ones among them.
 */
final class RandomRequests {
  private static final ByteString NONE = ByteString.EMPTY;
  private static final ByteString ALL = ByteString.copyFrom(new byte[1]);
  private static final ByteString HIGH = ByteString.copyFrom(new byte[] {(byte) 0xff});
  private static final int LEASES = 8;
  private static final long LONG_TTL = 3_600;
  private static final int DEEPEST = 2;

  private static final List<ByteString> KEYS =
      List.of(
          key("a"),
          key("a/1"),
          key("a/2"),
          key("a/2/x"),
          key("ab"),
          key("b"),
          key("b/1"),
          key("b/2"),
          key("b/3"),
          key("c"),
          ALL,
          HIGH,
          HIGH.concat(ALL),
          key("é"),
          key("z"));

  private final Random random;

  RandomRequests(long seed) {
    random = new Random(seed);
  }

  /** Any request; its type says which method it is for. */
  Message next(long revision, long compacted) {
    int draw = random.nextInt(1_000);
    if (draw < 250) {
      return put(true);
    } else if (draw < 480) {
      return range(revision, true);
    } else if (draw < 580) {
      return delete(true);
    } else if (draw < 820) {
      return transaction(revision, 0);
    } else if (draw < 950) {
      return lease();
    } else if (draw < 962) {
      return CompactionRequest.newBuilder()
          .setRevision(Math.max(1, revision + 2 - random.nextInt(60)))
          .build();
    }
    return oneIn(3) ? cancel() : watch(revision, compacted);
  }

  private WatchCancelRequest cancel() {
    long id = oneIn(4) ? 1_000 + random.nextInt(20) : random.nextInt(400);
    return WatchCancelRequest.newBuilder().setWatchId(id).build();
  }

  private PutRequest put(boolean oddKeys) {
    PutRequest.Builder put =
        PutRequest.newBuilder().setKey(oddKeys && oneIn(60) ? NONE : key()).setPrevKv(oneIn(3));
    if (oneIn(8)) {
      put.setIgnoreValue(true);
    }
    if (!put.getIgnoreValue() || oneIn(6)) {
      put.setValue(value());
    }
    if (oneIn(10)) {
      put.setIgnoreLease(true);
    }
    if (oneIn(4) && (!put.getIgnoreLease() || oneIn(6))) {
      put.setLease(leaseId());
    }
    return put.build();
  }

  private RangeRequest range(long revision, boolean anyOrder) {
    RangeRequest.Builder range =
        RangeRequest.newBuilder()
            .setKey(oneIn(60) ? NONE : key())
            .setRangeEnd(end())
            .setKeysOnly(oneIn(6))
            .setCountOnly(oneIn(10))
            .setSerializable(oneIn(5));
    if (oneIn(4)) {
      range.setRevision(Math.max(1, revision + 2 - random.nextInt(50)));
    }
    if (oneIn(3)) {
      range.setLimit(1 + random.nextInt(6));
    }
    if (anyOrder && oneIn(2)) {
      range.setSortOrder(SortOrder.forNumber(random.nextInt(3)));
      range.setSortTarget(SortTarget.forNumber(random.nextInt(5)));
    }
    if (oneIn(6)) {
      range.setMinModRevision(near(revision)).setMaxModRevision(oneIn(2) ? near(revision) : 0);
    }
    if (oneIn(6)) {
      range.setMaxCreateRevision(near(revision));
      range.setMinCreateRevision(oneIn(2) ? near(revision) : 0);
    }
    return range.build();
  }

  private DeleteRangeRequest delete(boolean openEnds) {
    DeleteRangeRequest.Builder delete =
        DeleteRangeRequest.newBuilder().setKey(oneIn(60) ? NONE : key()).setPrevKv(oneIn(3));
    if (oneIn(3)) {
      ByteString end = end();
      delete.setRangeEnd(!openEnds && end.equals(ALL) ? NONE : end);
    }
    return delete.build();
  }

  private TxnRequest transaction(long revision, int depth) {
    TxnRequest.Builder transaction = TxnRequest.newBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      transaction.addCompare(compare(revision));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      transaction.addSuccess(operation(revision, depth));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      transaction.addFailure(operation(revision, depth));
    }
    return transaction.build();
  }

  private RequestOp operation(long revision, int depth) {
    RequestOp.Builder operation = RequestOp.newBuilder();
    switch (random.nextInt(depth < DEEPEST ? 10 : 8)) {
      case 0, 1, 2, 3 -> operation.setRequestPut(put(true));
      case 4, 5 -> operation.setRequestRange(range(revision, false));
      // A delete without an end beside a put of the same key is etcd's own riddle.
      case 6 -> operation.setRequestDeleteRange(delete(false));
      case 7 -> {
        if (!oneIn(8)) {
          operation.setRequestDeleteRange(delete(false));
        }
      }
      default -> operation.setRequestTxn(transaction(revision, depth + 1));
    }
    return operation.build();
  }

  private Compare compare(long revision) {
    Compare.Builder compare =
        Compare.newBuilder()
            .setKey(oneIn(80) ? NONE : key())
            .setRangeEnd(oneIn(4) ? end() : NONE)
            .setResult(CompareResult.forNumber(random.nextInt(4)))
            .setTarget(CompareTarget.forNumber(random.nextInt(5)));
    switch (compare.getTarget()) {
      case VERSION -> compare.setVersion(random.nextInt(3));
      case CREATE -> compare.setCreateRevision(oneIn(2) ? 0 : near(revision));
      case MOD -> compare.setModRevision(oneIn(2) ? 0 : near(revision));
      case VALUE -> compare.setValue(value());
      case LEASE -> compare.setLease(oneIn(2) ? 0 : leaseId());
      default -> throw new IllegalStateException();
    }
    return compare.build();
  }

  private Message lease() {
    long id = leaseId();
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          LeaseGrantRequest.newBuilder()
              .setID(id)
              .setTTL(oneIn(20) ? Long.MAX_VALUE : LONG_TTL)
              .build();
      case 2 -> LeaseRevokeRequest.newBuilder().setID(id).build();
      case 3 -> LeaseTimeToLiveRequest.newBuilder().setID(id).setKeys(oneIn(2)).build();
      case 4 -> LeaseKeepAliveRequest.newBuilder().setID(id).build();
      default -> LeaseLeasesRequest.getDefaultInstance();
    };
  }

  /** Starts now, later, in the past, or in what is compacted; not at the edge, which etcd moves. */
  private WatchCreateRequest watch(long revision, long compacted) {
    WatchCreateRequest.Builder watch =
        WatchCreateRequest.newBuilder().setKey(oneIn(20) ? NONE : key()).setPrevKv(oneIn(2));
    if (!oneIn(4)) {
      watch.setRangeEnd(end());
    }
    if (oneIn(2)) {
      long start = Math.max(1, revision + 4 - random.nextInt(60));
      watch.setStartRevision(start == compacted ? start + 1 : start);
    }
    if (oneIn(5)) {
      watch.addFilters(FilterType.forNumber(random.nextInt(2)));
    }
    // What a compaction has ended keeps its id in etcd 3.4.
    if (watch.getStartRevision() == 0 && oneIn(3)) {
      watch.setWatchId(1_000 + random.nextInt(20));
    }
    return watch.build();
  }

  private ByteString key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  private ByteString end() {
    return switch (random.nextInt(4)) {
      case 0 -> ALL;
      case 1 -> NONE;
      case 2 -> key().concat(HIGH);
      default -> key();
    };
  }

  private ByteString value() {
    return oneIn(10) ? NONE : ByteString.copyFromUtf8("v" + random.nextInt(9));
  }

  private long leaseId() {
    return 1 + random.nextInt(LEASES);
  }

  private long near(long revision) {
    return Math.max(1, revision + 1 - random.nextInt(40));
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  private static ByteString key(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
