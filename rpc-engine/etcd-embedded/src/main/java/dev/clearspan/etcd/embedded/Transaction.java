package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.Compare;
import dev.clearspan.etcd.embedded.api.KeyValue;
import dev.clearspan.etcd.embedded.api.PutRequest;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RequestOp;
import dev.clearspan.etcd.embedded.api.ResponseHeader;
import dev.clearspan.etcd.embedded.api.ResponseOp;
import dev.clearspan.etcd.embedded.api.TxnRequest;
import dev.clearspan.etcd.embedded.api.TxnResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, in etcd's three steps: which branches are taken, nested ones included, follows
 * from the state before it; then what they ask for is checked; then it is done, and can fail no
 * more.
 */
final class Transaction {
  private final boolean succeeded;
  private final List<Step> steps;

  /**
   * One operation of a branch that is taken.
   *
   * @param nested the transaction, if the operation is one
   */
  private record Step(RequestOp operation, @Nullable Transaction nested) {}

  private Transaction(boolean succeeded, List<Step> steps) {
    this.succeeded = succeeded;
    this.steps = steps;
  }

  /** Decides which branches are taken. */
  static Transaction resolve(TxnRequest request, Keyspace keyspace) {
    boolean succeeded = request.getCompareList().stream().allMatch(each -> holds(each, keyspace));
    List<RequestOp> branch = succeeded ? request.getSuccessList() : request.getFailureList();
    List<Step> steps = new ArrayList<>();
    for (RequestOp each : branch) {
      steps.add(
          new Step(each, each.hasRequestTxn() ? resolve(each.getRequestTxn(), keyspace) : null));
    }
    return new Transaction(succeeded, steps);
  }

  /**
   * Checks what needs leases, keys or revisions that must be there.
   *
   * @throws dev.clearspan.rpc.RpcException if they are not
   */
  void check(Keyspace keyspace) {
    each(operation -> checkPut(operation, keyspace));
    each(operation -> checkRange(operation, keyspace));
  }

  /** Does it; the header has the revision only. */
  TxnResponse.Builder apply(KeyOperations operations) {
    TxnResponse.Builder response =
        TxnResponse.newBuilder()
            .setHeader(ResponseHeader.getDefaultInstance())
            .setSucceeded(succeeded);
    for (Step step : steps) {
      response.addResponses(apply(step, operations));
    }
    return response;
  }

  private static ResponseOp apply(Step step, KeyOperations operations) {
    ResponseOp.Builder response = ResponseOp.newBuilder();
    RequestOp asked = step.operation();
    if (step.nested() != null) {
      return response.setResponseTxn(step.nested().apply(operations)).build();
    }
    switch (asked.getRequestCase()) {
      case REQUEST_RANGE -> response.setResponseRange(operations.range(asked.getRequestRange()));
      case REQUEST_PUT -> response.setResponsePut(operations.put(asked.getRequestPut()));
      case REQUEST_DELETE_RANGE ->
          response.setResponseDeleteRange(operations.delete(asked.getRequestDeleteRange()));
      case REQUEST_TXN, REQUEST_NOT_SET ->
          throw new IllegalStateException("operation: " + asked.getRequestCase());
    }
    return response.build();
  }

  private void each(Consumer<RequestOp> check) {
    for (Step step : steps) {
      if (step.nested() == null) {
        check.accept(step.operation());
      } else {
        step.nested().each(check);
      }
    }
  }

  private static void checkPut(RequestOp operation, Keyspace keyspace) {
    if (operation.hasRequestPut()) {
      PutRequest put = operation.getRequestPut();
      boolean needsKey = put.getIgnoreValue() || put.getIgnoreLease();
      if (needsKey && keyspace.get(put.getKey()) == null) {
        throw EtcdErrors.keyNotFound();
      }
      if (put.getLease() != 0) {
        Lease unused = keyspace.leases().get(put.getLease());
      }
    }
  }

  private static void checkRange(RequestOp operation, Keyspace keyspace) {
    if (operation.hasRequestRange()) {
      RangeRequest range = operation.getRequestRange();
      if (range.getRevision() > keyspace.revision()) {
        throw EtcdErrors.futureRevision();
      }
      if (range.getRevision() != 0 && range.getRevision() < keyspace.compacted()) {
        throw EtcdErrors.compacted();
      }
    }
  }

  private static boolean holds(Compare compare, Keyspace keyspace) {
    KeyRange range = KeyRange.of(compare.getKey(), compare.getRangeEnd());
    Collection<KeyValue> found = keyspace.now(range).values();
    if (found.isEmpty()) {
      // A value that is not there equals no value, not even an empty one.
      return compare.getTarget() != Compare.CompareTarget.VALUE
          && holds(compare, KeyValue.getDefaultInstance());
    }
    return found.stream().allMatch(each -> holds(compare, each));
  }

  private static boolean holds(Compare compare, KeyValue actual) {
    int order =
        switch (compare.getTarget()) {
          case VERSION -> Long.compare(actual.getVersion(), compare.getVersion());
          case CREATE -> Long.compare(actual.getCreateRevision(), compare.getCreateRevision());
          case MOD -> Long.compare(actual.getModRevision(), compare.getModRevision());
          case VALUE -> KeyRange.ORDER.compare(actual.getValue(), compare.getValue());
          case LEASE -> Long.compare(actual.getLease(), compare.getLease());
          case UNRECOGNIZED -> 0;
        };
    return switch (compare.getResult()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case GREATER -> order > 0;
      case LESS -> order < 0;
      case UNRECOGNIZED -> true;
    };
  }
}
