package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.clearspan.etcd.embedded.api.CompactionRequest;
import dev.clearspan.etcd.embedded.api.CompactionResponse;
import dev.clearspan.etcd.embedded.api.DeleteRangeRequest;
import dev.clearspan.etcd.embedded.api.DeleteRangeResponse;
import dev.clearspan.etcd.embedded.api.KeyValue;
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
import dev.clearspan.etcd.embedded.api.PutRequest;
import dev.clearspan.etcd.embedded.api.PutResponse;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RangeRequest.SortOrder;
import dev.clearspan.etcd.embedded.api.RangeRequest.SortTarget;
import dev.clearspan.etcd.embedded.api.RangeResponse;
import dev.clearspan.etcd.embedded.api.ResponseHeader;
import dev.clearspan.etcd.embedded.api.TxnRequest;
import dev.clearspan.etcd.embedded.api.TxnResponse;
import io.grpc.StatusRuntimeException;
import java.util.Comparator;
import java.util.List;

/**
 * What a server answers, without what may differ between two of them: who they are, how much of a
 * lease has passed, and the order of what etcd leaves unordered.
 */
final class Answers {
  private final Peer peer;

  Answers(Peer peer) {
    this.peer = peer;
  }

  /** The answer as text: a message, or code and words of an error. */
  String to(Message request) {
    try {
      return normal(request, ask(request)).toString();
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() + " " + e.getStatus().getDescription();
    }
  }

  /** The revision that the server is at. */
  long revision() {
    RangeRequest any = RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("none")).build();
    return peer.call("KV/Range", any, RangeResponse.getDefaultInstance()).getHeader().getRevision();
  }

  private Message ask(Message request) {
    if (request instanceof PutRequest put) {
      return peer.call("KV/Put", put, PutResponse.getDefaultInstance());
    } else if (request instanceof RangeRequest range) {
      return peer.call("KV/Range", range, RangeResponse.getDefaultInstance());
    } else if (request instanceof DeleteRangeRequest delete) {
      return peer.call("KV/DeleteRange", delete, DeleteRangeResponse.getDefaultInstance());
    } else if (request instanceof TxnRequest transaction) {
      return peer.call("KV/Txn", transaction, TxnResponse.getDefaultInstance());
    } else if (request instanceof CompactionRequest compaction) {
      return peer.call("KV/Compact", compaction, CompactionResponse.getDefaultInstance());
    }
    return askLease(request);
  }

  private Message askLease(Message request) {
    if (request instanceof LeaseGrantRequest grant) {
      return peer.call("Lease/LeaseGrant", grant, LeaseGrantResponse.getDefaultInstance());
    } else if (request instanceof LeaseRevokeRequest revoke) {
      return peer.call("Lease/LeaseRevoke", revoke, LeaseRevokeResponse.getDefaultInstance());
    } else if (request instanceof LeaseTimeToLiveRequest asked) {
      return peer.call(
          "Lease/LeaseTimeToLive", asked, LeaseTimeToLiveResponse.getDefaultInstance());
    } else if (request instanceof LeaseKeepAliveRequest renewal) {
      return peer.first(
          "Lease/LeaseKeepAlive", renewal, LeaseKeepAliveResponse.getDefaultInstance());
    } else if (request instanceof LeaseLeasesRequest list) {
      return peer.call("Lease/LeaseLeases", list, LeaseLeasesResponse.getDefaultInstance());
    }
    throw new IllegalArgumentException(request.getClass().getName());
  }

  private static Message normal(Message request, Message response) {
    Message.Builder normal = response.toBuilder();
    if (normal instanceof RangeResponse.Builder range) {
      sortTies((RangeRequest) request, range);
    } else if (normal instanceof LeaseTimeToLiveResponse.Builder lease) {
      normalLease(lease);
    } else if (normal instanceof LeaseLeasesResponse.Builder leases) {
      List<LeaseStatus> sorted =
          leases.getLeasesList().stream()
              .sorted(Comparator.comparingLong(LeaseStatus::getID))
              .toList();
      leases.clearLeases().addAllLeases(sorted);
    }
    var header = response.getDescriptorForType().findFieldByName("header");
    ResponseHeader known = (ResponseHeader) response.getField(header);
    return normal
        .setField(header, ResponseHeader.newBuilder().setRevision(known.getRevision()).build())
        .build();
  }

  private static void normalLease(LeaseTimeToLiveResponse.Builder lease) {
    var sorted = lease.getKeysList().stream().sorted(KeyRange.ORDER).toList();
    lease.clearKeys().addAllKeys(sorted).setTTL(Math.min(lease.getTTL(), 1));
  }

  /** etcd's sort is not stable: which of those that compare equal come first is up to it. */
  private static void sortTies(RangeRequest request, RangeResponse.Builder range) {
    if (request.getSortTarget() == SortTarget.KEY) {
      return;
    }
    List<KeyValue> found = range.getKvsList();
    if (request.getLimit() > 0) {
      found = found.stream().map(each -> onlyTarget(request.getSortTarget(), each)).toList();
    } else {
      Comparator<KeyValue> byTarget = order(request);
      found =
          found.stream().sorted(byTarget.thenComparing(KeyValue::getKey, KeyRange.ORDER)).toList();
      requireSorted(range.getKvsList(), byTarget);
    }
    range.clearKvs().addAllKvs(found);
  }

  private static void requireSorted(List<KeyValue> found, Comparator<KeyValue> order) {
    for (int i = 1; i < found.size(); i++) {
      if (order.compare(found.get(i - 1), found.get(i)) > 0) {
        throw new AssertionError("not in order: " + found);
      }
    }
  }

  private static Comparator<KeyValue> order(RangeRequest request) {
    Comparator<KeyValue> ascending =
        switch (request.getSortTarget()) {
          case VERSION -> Comparator.comparingLong(KeyValue::getVersion);
          case CREATE -> Comparator.comparingLong(KeyValue::getCreateRevision);
          case MOD -> Comparator.comparingLong(KeyValue::getModRevision);
          // Values that were left out cannot be looked at.
          case VALUE ->
              request.getKeysOnly()
                  ? (a, b) -> 0
                  : Comparator.comparing(KeyValue::getValue, KeyRange.ORDER);
          default -> throw new IllegalArgumentException(request.toString());
        };
    return request.getSortOrder() == SortOrder.DESCEND ? ascending.reversed() : ascending;
  }

  private static KeyValue onlyTarget(SortTarget target, KeyValue each) {
    return switch (target) {
      case VERSION -> KeyValue.newBuilder().setVersion(each.getVersion()).build();
      case CREATE -> KeyValue.newBuilder().setCreateRevision(each.getCreateRevision()).build();
      case MOD -> KeyValue.newBuilder().setModRevision(each.getModRevision()).build();
      default -> KeyValue.newBuilder().setValue(each.getValue()).build();
    };
  }
}
