package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.CompactionRequest;
import dev.clearspan.etcd.embedded.api.CompactionResponse;
import dev.clearspan.etcd.embedded.api.DeleteRangeRequest;
import dev.clearspan.etcd.embedded.api.DeleteRangeResponse;
import dev.clearspan.etcd.embedded.api.PutRequest;
import dev.clearspan.etcd.embedded.api.PutResponse;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RangeResponse;
import dev.clearspan.etcd.embedded.api.RequestOp;
import dev.clearspan.etcd.embedded.api.TxnRequest;
import dev.clearspan.etcd.embedded.api.TxnResponse;
import java.util.List;

/**
 * The service KV: each method answers one request, or throws and has changed nothing. Used by the
 * registry's thread only.
 */
final class KeyRequests {
  private final RegistryState state;
  private final Keyspace keyspace;
  private final KeyOperations operations;

  KeyRequests(RegistryState state) {
    this.state = state;
    keyspace = state.keyspace();
    operations = new KeyOperations(keyspace);
  }

  RangeResponse range(RangeRequest request) {
    RequestChecks.range(request);
    return operations.range(request).toBuilder().setHeader(state.header()).build();
  }

  PutResponse put(PutRequest request) {
    RequestChecks.put(request);
    RequestChecks.size(request);
    requireSpace(true);
    if (request.getLease() != 0) {
      Lease unused = keyspace.leases().get(request.getLease());
    }
    boolean needsKey = request.getIgnoreValue() || request.getIgnoreLease();
    if (needsKey && keyspace.get(request.getKey()) == null) {
      throw EtcdErrors.keyNotFound();
    }
    PutResponse.Builder response = operations.put(request).toBuilder();
    keyspace.endChange();
    return response.setHeader(state.header()).build();
  }

  DeleteRangeResponse delete(DeleteRangeRequest request) {
    RequestChecks.delete(request);
    RequestChecks.size(request);
    DeleteRangeResponse.Builder response = operations.delete(request).toBuilder();
    keyspace.endChange();
    return response.setHeader(state.header()).build();
  }

  TxnResponse transact(TxnRequest request) {
    RequestChecks.transaction(request);
    RequestChecks.size(request);
    requireSpace(puts(request.getSuccessList()) || puts(request.getFailureList()));
    Transaction transaction = Transaction.resolve(request, keyspace);
    transaction.check(keyspace);
    TxnResponse.Builder response = transaction.apply(operations);
    keyspace.endChange();
    return response.setHeader(state.header()).build();
  }

  CompactionResponse compact(CompactionRequest request) {
    keyspace.compact(request.getRevision());
    return CompactionResponse.newBuilder().setHeader(state.header()).build();
  }

  private void requireSpace(boolean writes) {
    if (writes && keyspace.isFull()) {
      throw EtcdErrors.noSpace();
    }
  }

  private static boolean puts(List<RequestOp> operations) {
    return operations.stream().anyMatch(KeyRequests::puts);
  }

  private static boolean puts(RequestOp operation) {
    return operation.hasRequestPut()
        || puts(operation.getRequestTxn().getSuccessList())
        || puts(operation.getRequestTxn().getFailureList());
  }
}
