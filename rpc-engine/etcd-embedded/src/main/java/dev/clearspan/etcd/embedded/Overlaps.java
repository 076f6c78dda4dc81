package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.DeleteRangeRequest;
import dev.clearspan.etcd.embedded.api.RequestOp;
import dev.clearspan.etcd.embedded.api.RequestOp.RequestCase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses transactions that may put a key twice, or put and delete it, as etcd does (checkIntervals
 * of server/etcdserver/api/v3rpc/key.go): nested transactions count with both of their branches,
 * which exclude each other. A delete of "all keys from this one on" is not looked at, there and
 * here.
 */
final class Overlaps {
  private final Set<ByteString> puts = new HashSet<>();
  private final List<KeyRange> deletes = new ArrayList<>();

  private Overlaps() {}

  /**
   * Checks one branch of a transaction.
   *
   * @throws dev.clearspan.rpc.RpcException if a key might be changed twice
   */
  static void check(List<RequestOp> branch) {
    Overlaps unused = of(branch);
  }

  private static Overlaps of(List<RequestOp> branch) {
    Overlaps all = new Overlaps();
    for (RequestOp each : branch) {
      if (each.getRequestCase() == RequestCase.REQUEST_DELETE_RANGE) {
        DeleteRangeRequest delete = each.getRequestDeleteRange();
        all.deletes.add(KeyRange.of(delete.getKey(), delete.getRangeEnd()));
      }
    }
    for (RequestOp each : branch) {
      if (each.getRequestCase() == RequestCase.REQUEST_TXN) {
        all.addNested(
            of(each.getRequestTxn().getSuccessList()), of(each.getRequestTxn().getFailureList()));
      }
    }
    for (RequestOp each : branch) {
      if (each.getRequestCase() == RequestCase.REQUEST_PUT) {
        all.add(each.getRequestPut().getKey(), Set.of());
      }
    }
    return all;
  }

  private void addNested(Overlaps success, Overlaps failure) {
    success.puts.forEach(key -> add(key, Set.of()));
    failure.puts.forEach(key -> add(key, success.puts));
    deletes.addAll(success.deletes);
    deletes.addAll(failure.deletes);
  }

  private void add(ByteString key, Set<ByteString> otherBranch) {
    boolean again = puts.contains(key) && !otherBranch.contains(key);
    if (again || deletes.stream().anyMatch(range -> isBounded(range) && range.contains(key))) {
      throw EtcdErrors.duplicateKey();
    }
    puts.add(key);
  }

  private static boolean isBounded(KeyRange range) {
    return range.isSingle() || range.end() != null;
  }
}
