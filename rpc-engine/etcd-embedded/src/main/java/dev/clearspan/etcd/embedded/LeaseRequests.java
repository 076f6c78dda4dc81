package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.LeaseGrantRequest;
import dev.clearspan.etcd.embedded.api.LeaseGrantResponse;
import dev.clearspan.etcd.embedded.api.LeaseKeepAliveRequest;
import dev.clearspan.etcd.embedded.api.LeaseKeepAliveResponse;
import dev.clearspan.etcd.embedded.api.LeaseLeasesRequest;
import dev.clearspan.etcd.embedded.api.LeaseLeasesResponse;
import dev.clearspan.etcd.embedded.api.LeaseRevokeRequest;
import dev.clearspan.etcd.embedded.api.LeaseRevokeResponse;
import dev.clearspan.etcd.embedded.api.LeaseStatus;
import dev.clearspan.etcd.embedded.api.LeaseTimeToLiveRequest;
import dev.clearspan.etcd.embedded.api.LeaseTimeToLiveResponse;
import java.util.Comparator;

/**
 * The service Lease: each method answers one request, or throws and has changed nothing. Used by
 * the registry's thread only.
 */
final class LeaseRequests {
  private static final int NO_LEASE = -1;

  private final RegistryState state;
  private final Keyspace keyspace;

  LeaseRequests(RegistryState state) {
    this.state = state;
    keyspace = state.keyspace();
  }

  LeaseGrantResponse grant(LeaseGrantRequest request) {
    if (keyspace.isFull()) {
      throw EtcdErrors.noSpace();
    }
    Lease lease = keyspace.grant(request.getID(), request.getTTL(), state.nowNanos());
    return LeaseGrantResponse.newBuilder()
        .setHeader(state.header())
        .setID(lease.id())
        .setTTL(lease.ttlSeconds())
        .build();
  }

  LeaseRevokeResponse revoke(LeaseRevokeRequest request) {
    keyspace.revoke(keyspace.leases().get(request.getID()));
    return LeaseRevokeResponse.newBuilder().setHeader(state.header()).build();
  }

  /** A lease that is not there is answered with a time of 0. */
  LeaseKeepAliveResponse keepAlive(LeaseKeepAliveRequest request) {
    LeaseKeepAliveResponse.Builder response =
        LeaseKeepAliveResponse.newBuilder().setHeader(state.header()).setID(request.getID());
    Lease lease = keyspace.leases().find(request.getID());
    if (lease != null) {
      lease.renew(state.nowNanos());
      response.setTTL(lease.ttlSeconds());
    }
    return response.build();
  }

  /** A lease that is not there is answered with a time of -1. */
  LeaseTimeToLiveResponse timeToLive(LeaseTimeToLiveRequest request) {
    LeaseTimeToLiveResponse.Builder response =
        LeaseTimeToLiveResponse.newBuilder().setHeader(state.header()).setID(request.getID());
    Lease lease = keyspace.leases().find(request.getID());
    if (lease == null) {
      return response.setTTL(NO_LEASE).build();
    }
    response.setTTL(lease.remainingSeconds(state.nowNanos())).setGrantedTTL(lease.ttlSeconds());
    return (request.getKeys() ? response.addAllKeys(lease.keys()) : response).build();
  }

  /** The one that ends first comes first. */
  LeaseLeasesResponse leases(LeaseLeasesRequest request) {
    LeaseLeasesResponse.Builder response =
        LeaseLeasesResponse.newBuilder().setHeader(state.header());
    long now = state.nowNanos();
    keyspace.leases().all().stream()
        .sorted(Comparator.comparingLong(lease -> lease.endNanos() - now))
        .forEach(lease -> response.addLeases(LeaseStatus.newBuilder().setID(lease.id())));
    return response.build();
  }
}
