package dev.clearspan.etcd.embedded;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.clearspan.etcd.embedded.api.AlarmRequest;
import dev.clearspan.etcd.embedded.api.AlarmResponse;
import dev.clearspan.etcd.embedded.api.CompactionRequest;
import dev.clearspan.etcd.embedded.api.CompactionResponse;
import dev.clearspan.etcd.embedded.api.DeleteRangeRequest;
import dev.clearspan.etcd.embedded.api.DeleteRangeResponse;
import dev.clearspan.etcd.embedded.api.EtcdProto;
import dev.clearspan.etcd.embedded.api.LeaseGrantRequest;
import dev.clearspan.etcd.embedded.api.LeaseGrantResponse;
import dev.clearspan.etcd.embedded.api.LeaseKeepAliveRequest;
import dev.clearspan.etcd.embedded.api.LeaseKeepAliveResponse;
import dev.clearspan.etcd.embedded.api.LeaseLeasesRequest;
import dev.clearspan.etcd.embedded.api.LeaseLeasesResponse;
import dev.clearspan.etcd.embedded.api.LeaseRevokeRequest;
import dev.clearspan.etcd.embedded.api.LeaseRevokeResponse;
import dev.clearspan.etcd.embedded.api.LeaseTimeToLiveRequest;
import dev.clearspan.etcd.embedded.api.LeaseTimeToLiveResponse;
import dev.clearspan.etcd.embedded.api.MemberListRequest;
import dev.clearspan.etcd.embedded.api.MemberListResponse;
import dev.clearspan.etcd.embedded.api.PutRequest;
import dev.clearspan.etcd.embedded.api.PutResponse;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RangeResponse;
import dev.clearspan.etcd.embedded.api.StatusRequest;
import dev.clearspan.etcd.embedded.api.StatusResponse;
import dev.clearspan.etcd.embedded.api.TxnRequest;
import dev.clearspan.etcd.embedded.api.TxnResponse;
import dev.clearspan.etcd.embedded.api.WatchRequest;
import dev.clearspan.etcd.embedded.api.WatchResponse;
import dev.clearspan.rpc.RpcService;
import java.util.List;
import java.util.function.Supplier;

/** etcd's services, each method bound to what answers it. */
record EtcdServices(RegistryState state, GroupCommit commits, Supplier<String> endpoint) {
  List<RpcService> all() {
    return List.of(keys(), watches(), leases(), cluster(), maintenance(), methods("Auth").all());
  }

  private RpcService keys() {
    KeyRequests keys = new KeyRequests(state);
    return methods("KV")
        .unary(
            "Range",
            RangeRequest.getDefaultInstance(),
            RangeResponse.getDefaultInstance(),
            keys::range)
        .unary("Put", PutRequest.getDefaultInstance(), PutResponse.getDefaultInstance(), keys::put)
        .unary(
            "DeleteRange",
            DeleteRangeRequest.getDefaultInstance(),
            DeleteRangeResponse.getDefaultInstance(),
            keys::delete)
        .unary(
            "Txn",
            TxnRequest.getDefaultInstance(),
            TxnResponse.getDefaultInstance(),
            keys::transact)
        .unary(
            "Compact",
            CompactionRequest.getDefaultInstance(),
            CompactionResponse.getDefaultInstance(),
            keys::compact)
        .all();
  }

  private RpcService watches() {
    return methods("Watch").stream(
            "Watch",
            WatchRequest.getDefaultInstance(),
            WatchResponse.getDefaultInstance(),
            (call, replies) -> new WatchStream(state, commits, replies))
        .all();
  }

  private RpcService leases() {
    LeaseRequests leases = new LeaseRequests(state);
    return methods("Lease")
        .unary(
            "LeaseGrant",
            LeaseGrantRequest.getDefaultInstance(),
            LeaseGrantResponse.getDefaultInstance(),
            leases::grant)
        .unary(
            "LeaseRevoke",
            LeaseRevokeRequest.getDefaultInstance(),
            LeaseRevokeResponse.getDefaultInstance(),
            leases::revoke)
        .stream(
            "LeaseKeepAlive",
            LeaseKeepAliveRequest.getDefaultInstance(),
            LeaseKeepAliveResponse.getDefaultInstance(),
            (call, replies) -> new KeepAliveStream(commits, leases::keepAlive, replies))
        .unary(
            "LeaseTimeToLive",
            LeaseTimeToLiveRequest.getDefaultInstance(),
            LeaseTimeToLiveResponse.getDefaultInstance(),
            leases::timeToLive)
        .unary(
            "LeaseLeases",
            LeaseLeasesRequest.getDefaultInstance(),
            LeaseLeasesResponse.getDefaultInstance(),
            leases::leases)
        .all();
  }

  private RpcService cluster() {
    return methods("Cluster")
        .unary(
            "MemberList",
            MemberListRequest.getDefaultInstance(),
            MemberListResponse.getDefaultInstance(),
            new MemberRequests(state, endpoint)::members)
        .all();
  }

  private RpcService maintenance() {
    MemberRequests member = new MemberRequests(state, endpoint);
    return methods("Maintenance")
        .unary(
            "Alarm",
            AlarmRequest.getDefaultInstance(),
            AlarmResponse.getDefaultInstance(),
            member::alarm)
        .unary(
            "Status",
            StatusRequest.getDefaultInstance(),
            StatusResponse.getDefaultInstance(),
            member::status)
        .all();
  }

  private ServiceMethods methods(String name) {
    ServiceDescriptor service = EtcdProto.getDescriptor().findServiceByName(name);
    return new ServiceMethods(service, commits);
  }
}
