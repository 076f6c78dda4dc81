package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.LeaseGrantRequest;
import dev.clearspan.etcd.embedded.api.LeaseGrantResponse;
import dev.clearspan.etcd.embedded.api.LeaseKeepAliveRequest;
import dev.clearspan.etcd.embedded.api.LeaseKeepAliveResponse;
import dev.clearspan.etcd.embedded.api.PutRequest;
import dev.clearspan.etcd.embedded.api.PutResponse;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RangeResponse;
import dev.clearspan.etcd.embedded.api.WatchCreateRequest;

/** Requests that many tests make. */
final class Requests {
  private static final ByteString FROM_THERE_ON = ByteString.copyFrom(new byte[1]);

  private Requests() {}

  static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  /** Puts, and returns the revision. */
  static long put(Peer peer, String key, String value, long lease) {
    PutRequest request =
        PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).setLease(lease).build();
    return peer.call("KV/Put", request, PutResponse.getDefaultInstance()).getHeader().getRevision();
  }

  static long put(Peer peer, String key, String value) {
    return put(peer, key, value, 0);
  }

  static RangeResponse get(Peer peer, String key) {
    return get(peer, RangeRequest.newBuilder().setKey(bytes(key)).build());
  }

  static RangeResponse get(Peer peer, RangeRequest request) {
    return peer.call("KV/Range", request, RangeResponse.getDefaultInstance());
  }

  /** All keys. */
  static RangeResponse all(Peer peer) {
    return get(
        peer, RangeRequest.newBuilder().setKey(FROM_THERE_ON).setRangeEnd(FROM_THERE_ON).build());
  }

  static long grant(Peer peer, long seconds) {
    LeaseGrantRequest request = LeaseGrantRequest.newBuilder().setTTL(seconds).build();
    return peer.call("Lease/LeaseGrant", request, LeaseGrantResponse.getDefaultInstance()).getID();
  }

  /** Renews, and returns the time to live; 0: there is no such lease. */
  static long renew(Peer peer, long lease) {
    LeaseKeepAliveRequest request = LeaseKeepAliveRequest.newBuilder().setID(lease).build();
    return peer.first("Lease/LeaseKeepAlive", request, LeaseKeepAliveResponse.getDefaultInstance())
        .getTTL();
  }

  /** A watch of all keys from the revision on; 0: from now on. */
  static WatchCreateRequest.Builder watchAll(long revision) {
    return WatchCreateRequest.newBuilder()
        .setKey(FROM_THERE_ON)
        .setRangeEnd(FROM_THERE_ON)
        .setStartRevision(revision);
  }
}
