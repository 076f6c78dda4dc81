package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.DeleteRangeRequest;
import dev.clearspan.etcd.embedded.api.DeleteRangeResponse;
import dev.clearspan.etcd.embedded.api.KeyValue;
import dev.clearspan.etcd.embedded.api.PutRequest;
import dev.clearspan.etcd.embedded.api.PutResponse;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RangeResponse;
import dev.clearspan.etcd.embedded.api.ResponseHeader;
import java.util.List;

/**
 * The single operations that requests and transactions are made of. Headers of what they return
 * have the revision only, as etcd's within transactions. Used by the registry's thread only.
 */
final class KeyOperations {
  private final Keyspace keyspace;

  KeyOperations(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  RangeResponse range(RangeRequest request) {
    return new RangeQuery(request).on(keyspace).setHeader(header()).build();
  }

  /** The lease, and with {@code ignore_...} the key, must be there. */
  PutResponse put(PutRequest request) {
    KeyValue before = keyspace.get(request.getKey());
    KeyValue given = before == null ? KeyValue.getDefaultInstance() : before;
    ByteString value = request.getIgnoreValue() ? given.getValue() : request.getValue();
    long lease = request.getIgnoreLease() ? given.getLease() : request.getLease();
    keyspace.put(request.getKey(), value, lease);
    PutResponse.Builder response = PutResponse.newBuilder().setHeader(header());
    if (request.getPrevKv() && before != null) {
      response.setPrevKv(before);
    }
    return response.build();
  }

  DeleteRangeResponse delete(DeleteRangeRequest request) {
    List<KeyValue> gone = keyspace.delete(KeyRange.of(request.getKey(), request.getRangeEnd()));
    DeleteRangeResponse.Builder response =
        DeleteRangeResponse.newBuilder().setHeader(header()).setDeleted(gone.size());
    return (request.getPrevKv() ? response.addAllPrevKvs(gone) : response).build();
  }

  private ResponseHeader header() {
    return ResponseHeader.newBuilder().setRevision(keyspace.nextRevision()).build();
  }
}
