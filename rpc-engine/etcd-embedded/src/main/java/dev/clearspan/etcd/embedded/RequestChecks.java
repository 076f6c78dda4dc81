package dev.clearspan.etcd.embedded;

import com.google.protobuf.AbstractMessage;
import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.Compare;
import dev.clearspan.etcd.embedded.api.DeleteRangeRequest;
import dev.clearspan.etcd.embedded.api.PutRequest;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RequestOp;
import dev.clearspan.etcd.embedded.api.TxnRequest;
import java.util.List;

/** What etcd refuses without looking at its keys. All methods throw {@code RpcException}. */
final class RequestChecks {
  static final int MOST_OPERATIONS = 128;
  static final int MOST_REQUEST_BYTES = 3 << 19;

  private RequestChecks() {}

  static void range(RangeRequest request) {
    key(request.getKey());
  }

  static void put(PutRequest request) {
    key(request.getKey());
    if (request.getIgnoreValue() && !request.getValue().isEmpty()) {
      throw EtcdErrors.valueProvided();
    }
    if (request.getIgnoreLease() && request.getLease() != 0) {
      throw EtcdErrors.leaseProvided();
    }
  }

  static void delete(DeleteRangeRequest request) {
    key(request.getKey());
  }

  static void transaction(TxnRequest request) {
    transaction(request, MOST_OPERATIONS);
    Overlaps.check(request.getSuccessList());
    Overlaps.check(request.getFailureList());
  }

  /** A request that would be written. */
  static void size(AbstractMessage request) {
    if (request.getSerializedSize() > MOST_REQUEST_BYTES) {
      throw EtcdErrors.requestTooLarge();
    }
  }

  private static void transaction(TxnRequest request, int mostOperations) {
    int operations =
        Math.max(
            request.getCompareCount(),
            Math.max(request.getSuccessCount(), request.getFailureCount()));
    if (operations > mostOperations) {
      throw EtcdErrors.tooManyOperations();
    }
    for (Compare compare : request.getCompareList()) {
      key(compare.getKey());
    }
    operations(request.getSuccessList(), mostOperations - operations);
    operations(request.getFailureList(), mostOperations - operations);
  }

  private static void operations(List<RequestOp> all, int mostNested) {
    for (RequestOp each : all) {
      switch (each.getRequestCase()) {
        case REQUEST_RANGE -> range(each.getRequestRange());
        case REQUEST_PUT -> put(each.getRequestPut());
        case REQUEST_DELETE_RANGE -> delete(each.getRequestDeleteRange());
        case REQUEST_TXN -> transaction(each.getRequestTxn(), mostNested);
        case REQUEST_NOT_SET -> throw EtcdErrors.keyNotFound();
      }
    }
  }

  private static void key(ByteString key) {
    if (key.isEmpty()) {
      throw EtcdErrors.emptyKey();
    }
  }
}
