package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.AlarmRequest;
import dev.clearspan.etcd.embedded.api.AlarmResponse;
import dev.clearspan.etcd.embedded.api.Member;
import dev.clearspan.etcd.embedded.api.MemberListRequest;
import dev.clearspan.etcd.embedded.api.MemberListResponse;
import dev.clearspan.etcd.embedded.api.StatusRequest;
import dev.clearspan.etcd.embedded.api.StatusResponse;
import java.util.function.Supplier;

/**
 * What clients ask of a cluster and its members: here one, which leads. Used by the registry's
 * thread only.
 */
final class MemberRequests {
  /** The release of etcd whose answers ours are; what follows the plus says whose they are. */
  static final String VERSION = "3.5.0+clearspan";

  private final RegistryState state;
  private final Supplier<String> endpoint;

  /**
   * The registry as a member.
   *
   * @param endpoint where clients reach it
   */
  MemberRequests(RegistryState state, Supplier<String> endpoint) {
    this.state = state;
    this.endpoint = endpoint;
  }

  StatusResponse status(StatusRequest request) {
    long bytes = state.fileBytes();
    return StatusResponse.newBuilder()
        .setHeader(state.header())
        .setVersion(VERSION)
        .setDbSize(bytes)
        .setDbSizeInUse(Math.min(bytes, state.keyspace().bytes()))
        .setLeader(state.memberId())
        .setRaftIndex(state.keyspace().revision())
        .setRaftAppliedIndex(state.keyspace().revision())
        .setRaftTerm(state.term())
        .build();
  }

  /** There are no alarms, and so none to set or clear. */
  AlarmResponse alarm(AlarmRequest request) {
    if (request.getAction() != AlarmRequest.AlarmAction.GET) {
      throw EtcdErrors.notOffered("Maintenance/Alarm " + request.getAction());
    }
    return AlarmResponse.newBuilder().setHeader(state.header()).build();
  }

  MemberListResponse members(MemberListRequest request) {
    Member self =
        Member.newBuilder()
            .setID(state.memberId())
            .setName("clearspan")
            .addClientURLs(endpoint.get())
            .build();
    return MemberListResponse.newBuilder().setHeader(state.header()).addMembers(self).build();
  }
}
